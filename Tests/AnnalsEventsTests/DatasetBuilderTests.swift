import AnnalsEvents
import AnnalsFormats
import Testing

@Suite struct DatasetBuilderTests {
  func error(_ limit: Int) -> EventsError? {
    do throws(EventsError) {
      _ = try Dataset.open(Fixture.path("broken"), problemLimit: limit)
      return nil
    } catch {
      return error
    }
  }

  @Test func `all problems of all files are listed, by file and line`() throws {
    #expect(
      error(100)?.description == """
        15 problems in the data of `broken`
          events.csv:2, column `date`: `2031-13-01` is no day
            fix: write it like `2022-01-05`
          events.csv:3, columns `killed_low`, `killed_best`, `killed_high`: `5, 2, 3` \
        is not in the order low, best, high
            fix: write low <= best <= high, or leave out what is not known
          events.csv:4, column `id`: the key `quay-2` stands on line 3 already
            fix: change or remove one of the two rows
          events.csv:4, column `killed_low`: `9007199254740993` has too many digits for a figure
            fix: use at most 15 digits
          events.csv:5, column `id`: the key is missing
            fix: give the row a key of its own
          events.csv:5, columns `killed_low`, `killed_best`, `killed_high`: `–, –, inf` \
        is no finite number
            fix: leave out what is not known
          events.csv:6: the row has 3 fields, but there are 5 columns
            fix: add the missing fields; empty ones count
          participations.csv:2, column `role`: `atacker` is none of the allowed values
            fix: did you mean `attacker`?
          participations.csv:3, column `event`: no row of `events` has the key `quay-9`
            fix: did you mean `quay-1`, `quay-2` or `quay-5`?
          participations.csv:4, columns `event`, `actor`: the key `quay-1, police` \
        stands on line 2 already
            fix: change or remove one of the two rows
          participations.csv:5, column `event`: no row of `events` has the key `nowhere`
            fix: add the row to `events`, or leave the field empty
          remarks.csv:3, column `text`: `loud` stands on line 2 already
            fix: change one of the two, or drop `unique` from the schema
          remarks.csv:3, columns `event`, `role`: the key `quay-9, target` stands on line 2 already
            fix: change or remove one of the two rows
          remarks.csv:3, columns `event`, `actor`: no row of `participations` has the key \
        `quay-9, police`
            fix: add the row to `participations`, or leave the field empty
          remarks.csv:4, column `role`: no row of `participations` has the key `bystander`
            fix: add the row to `participations`, or leave the field empty
        """)
  }

  @Test func `problems past the limit are counted`() throws {
    guard case .badData(let name, let problems, let more)? = error(2) else {
      Issue.record("another error")
      return
    }
    #expect(name == "broken")
    #expect(problems.map(\.line) == [2, 3])
    #expect(more == 13)
  }
}
