import AnnalsEngine
import AnnalsEvents
import Testing

@Suite struct ProfileChoiceTests {
  func message(_ choice: ProfileChoice) -> String {
    do {
      _ = try ProfiledFixture("plain.csv", profile: choice)
      return "nothing was thrown"
    } catch {
      return "\(error)".split(separator: "\n").filter { !$0.contains("at:") }
        .joined(separator: "\n")
    }
  }

  @Test func `a file that no profile knows is events as it is`() throws {
    let plain = try ProfiledFixture("plain.csv")
    #expect(try plain.lines("events", "id", "best") == ["1 | 2"])
    #expect(try !plain.dataset.has("figures"))
  }

  @Test func `a profile can be refused`() throws {
    let plain = try ProfiledFixture("ucdp-ged-23.csv", profile: .refused)
    #expect(plain.dataset.table("events")?.rowCount == 10)
    #expect(try !plain.dataset.has("figures"))
    #expect(plain.dataset.table("events")?.schema["type"] == nil)
  }

  @Test func `a profile that is asked for needs its columns`() {
    #expect(
      message(.named("ucdp-ged")) == """
        the file lacks 6 columns that the profile `ucdp-ged` needs: `type_of_violence`, `side_a`, \
        `side_b`, `date_start`, `high`
          fix: rename its columns, or open it without a profile
        """)
  }

  @Test func `an unknown profile is refused with near names`() {
    #expect(
      message(.named("ucdp-gde")) == """
        there is no profile `ucdp-gde`
          fix: did you mean `ucdp-ged`?
        """)
  }

  @Test func `names of columns go by letters and digits alone`() throws {
    let loud = try ProfiledFixture("ucdp-ged-loud.csv")
    #expect(try loud.lines("figures", "event", "value") == ["7 | 2 (1–3)"])
    #expect(try loud.lines("events", "type", "BEST") == ["non-state | 2"])
  }

  @Test func `a dataset that says what it holds takes no profile`() {
    do throws(EventsError) {
      _ = try Dataset.open(ProfiledFixture.package, profile: .named("acled"))
      Issue.record("it was opened")
    } catch {
      #expect("\(error)".contains("says itself what it holds, so the profile `acled` has no use"))
    }
  }
}
