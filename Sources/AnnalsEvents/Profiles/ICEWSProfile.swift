import AnnalsEngine
import AnnalsFormats

extension Profile {
  /// The events of the Integrated Crisis Early Warning System.
  ///
  /// Source: the description of its columns on the Dataverse, 2015.
  static let icews = Profile(
    name: "icews", title: "ICEWS events",
    marks: ["event_id", "event_date", "source_name", "cameo_code", "target_name", "story_id"],
    codes: ["cameo_code"], dayOrders: ["event_date": .monthFirst], layout: ICEWSLayout.layout,
    categories: [("cameo_code", { CAMEO.meaning($0) != $0 })])
}

/// A row of ICEWS is an event as a program read it in a sentence, one doing something to another.
enum ICEWSLayout {
  static let layout = EventLayout(
    // Some ids stand for two events of different days.
    id: ["event_id", "event_date"],
    dates: [
      .days("date", "event_date"), .days("date_end", "event_date"),
      .made("date_precision") { file throws(EngineError) in
        let day = try file.column("event_date")
        return { row in day.day(row) == nil ? nil : "day" }
      },
    ],
    columns: [
      .meaning("type", "cameo_code", CAMEO.meaning), .texts("subtype", "cameo_code"),
      .made("title", RowRules.title("source_name", "target_name", RowRules.text("event_text"))),
      .made("locator") { file throws(EngineError) in
        let (story, sentence) = (try file.column("story_id"), try file.column("sentence_number"))
        return { row in
          guard let story = story.text(row) else { return nil }
          return "story \(story)" + (sentence.text(row).map { ", sentence \($0)" } ?? "")
        }
      },
    ], members: [member("source", "agent", "a"), member("target", "target", "b")],
    places: PlaceLayout(
      name: ["city", "district", "province", "country"], country: "country", admin1: "province",
      admin2: "district", precision: precision),
    sources: { file throws(EngineError) in
      let publisher = try file.column("publisher")
      return { row in
        publisher.text(row).map { [SourcesBuilder.Source(name: $0, publisher: $0)] } ?? []
      }
    }, codes: [("CAMEO Code", CAMEO.roots.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })])

  private static func member(_ column: String, _ role: String, _ side: String) -> CastMember {
    var member = CastMember("\(column)_name", part: Cast.Part(role: role, side: side))
    member.country = ["\(column)_country"]
    return member
  }

  /// The coordinates are those of the least unit that is named.
  private static let precision: RowRule<Int64?> = { file throws(EngineError) in
    let units = try file.columns(["city", "district", "province", "country"])
    return { row in
      zip(units, [1, 3, 4, 6]).first { !$0.0.isNull(row) }?.1
    }
  }
}
