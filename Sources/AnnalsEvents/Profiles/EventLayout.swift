import AnnalsEngine

/// What the columns of a publisher's file mean. The tables of the model follow from it, see
/// ``LayoutTables``.
///
/// Columns are named as ``FlatFile/folded(_:)`` folds them. Where several names stand for one, the
/// first that the file has counts.
struct EventLayout: Sendable {
  /// The columns that name an event, together.
  var id: [String]
  /// When a row was edited last, by which one of several rows about an event speaks for it; without it
  /// the first does.
  var edited: String?
  /// Whether a row is about an event; nil where all are.
  var isEvent: RowRule<Bool>?
  /// The columns of the model that say when an event was. Its figures bear them too.
  var dates: [EventColumn]
  /// Its further columns: type, title and the like.
  var columns: [EventColumn]
  /// Who took part.
  var members: [CastMember]
  /// Whether the first side did something to the second, so that the members have other parts.
  var isDirected: RowRule<Bool>?
  var places: PlaceLayout
  /// The sources that a row names; nil where the file names none.
  var sources: RowRule<[SourcesBuilder.Source]>?
  /// What is counted of an event.
  var figures: [TollRule] = []
  /// What counts a part of a figure.
  var parts: [TollRule] = []
  /// Who says of the figures what they say; nil where that is the source.
  var asserter: RowRule<String?>?
  /// The lists that are tables of their own.
  var lists: [EventList] = []
  /// What codes mean: a published column, and its codes with their meanings.
  var codes: [(column: String, meanings: [(String, String)])] = []
}

/// Columns that name somebody who took part in an event.
struct CastMember: Sendable {
  /// The columns that tell one actor from another; a row without a value there goes by name. Of several
  /// the texts together are the id.
  var key: [[String]]
  var name: [String]
  var kind: RowRule<String?>?
  var country: [String] = []
  var part: Cast.Part
  /// The part where the event is directed, unless it is the same.
  var directedPart: Cast.Part?
  /// Whether several names stand in one field, each of which is an actor. Countries go along where
  /// there are as many.
  var isList = false
  /// How sure it is that the actor took part; nil where the publisher does not say.
  var certainty: RowRule<String?>?

  /// An actor whose name is all there is to tell it by.
  init(_ name: String..., part: Cast.Part, directed: Cast.Part? = nil) {
    key = [name]
    self.name = name
    self.part = part
    directedPart = directed
  }
}

/// Columns that say where an event was.
struct PlaceLayout: Sendable {
  /// The first that is known counts.
  var name: [String]
  var country: String
  var admin1 = "admin1"
  var admin2 = "admin2"
  var latitude = "latitude"
  var longitude = "longitude"
  /// The columns that say how exact the place is; places that differ there are two.
  var precisionColumns: [String] = []
  /// How exact the place is, from 1 (exact) to 7; nil where that is unknown.
  var precision: RowRule<Int64?>?
  /// Whether each row of an event says another place, so that there is a table `event_places`.
  var isManifold = false
}

/// Columns that count something of an event.
struct TollRule: Sendable {
  struct Toll {
    let figure: Figure
    let qualifier: TollClaims.Qualifier?
  }

  var count = TollClaims.Count()
  /// The number of a row; nil where there is none.
  var toll: RowRule<Toll?>
  /// Where the bounds come from; nil where the publisher says nothing.
  var basis: RowRule<String?>?
  /// The words that the number was published in.
  var stated: RowRule<String?>?
  /// Of a part, the place of the whole among the figures.
  var whole = 0

  /// A column with a number that is exact.
  static func exact(_ column: String, _ count: TollClaims.Count, whole: Int = 0) -> TollRule {
    TollRule(
      count: count,
      toll: { file throws(EngineError) in
        let column = try file.column(column)
        return { row in column.number(row).map { Toll(figure: Figure($0), qualifier: .exact) } }
      }, whole: whole)
  }
}
