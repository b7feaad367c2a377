import AnnalsEvents
import AnnalsFormats
import Testing

@Suite struct DatasetBuilderTests {
  func error(_ limit: Int, _ name: String = "broken") -> EventsError? {
    do throws(EventsError) {
      _ = try Dataset.open(Fixture.path(name), problemLimit: limit)
      return nil
    } catch {
      return error
    }
  }

  @Test func `all problems of all files are listed by file and line, and their effects last`()
    throws
  {
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
          participations.csv:4, columns `event`, `actor`: the key `quay-1, police` \
        stands on line 2 already
            fix: change or remove one of the two rows
          remarks.csv:3, column `text`: `loud` stands on line 2 already
            fix: change one of the two, or drop `unique` from the schema
          remarks.csv:3, columns `event`, `role`: the key `quay-9, target` stands on line 2 already
            fix: change or remove one of the two rows
          remarks.csv:3, columns `event`, `actor`: no row of `participations` has the key \
        `quay-9, police`
            fix: add the row to `participations`, or leave the field empty
          remarks.csv:4, column `role`: no row of `participations` has the key `bystander`
            fix: add the row to `participations`, or leave the field empty
          participations.csv:3, column `event`: no row of `events` has the key `quay-9`
            fix: did you mean `quay-1`, `quay-2` or `quay-5`?
          participations.csv:5, column `event`: no row of `events` has the key `nowhere`
            fix: mend the problems of `events` first; the row may be there
        """)
  }

  @Test func `references to keys that could not be read come after the reason`() {
    #expect(
      error(100, "spoilt")?.description == """
        7 problems in the data of `spoilt`
          events.csv:3, column `crowd`: `many` is no integer
            fix: write it like `12` or `-3`
          events.csv:3, column `actor`: no row of `actors` has the key `crew`
            fix: add the row to `actors`, or leave the field empty
          places.csv:1, column `ident`: the column is not in the schema
            fix: remove it, or add it to the schema
          places.csv:1, column `id`: the column is missing
            fix: add it, or remove it from the schema
          actors.csv:2, column `size`: `few` is no integer
            fix: write it like `12` or `-3`
          events.csv:2, column `place`: no row of `places` has the key `quay`
            fix: mend the problems of `places` first; the row may be there
          events.csv:3, column `place`: no row of `places` has the key `dock`
            fix: mend the problems of `places` first; the row may be there
        """)
    guard case .badData(_, let problems, let more)? = error(4, "spoilt") else {
      Issue.record("another error")
      return
    }
    #expect(problems.map(\.file) == ["events.csv", "events.csv", "places.csv", "places.csv"])
    #expect(more == 3)
  }

  @Test func `an end before its beginning and a row inside itself are refused in the model`() {
    #expect(
      error(100, "circles")?.description == """
        5 problems in the data of `circles`
          events.csv:5, column `parent`: the row leads back to itself: `b` → `c` → `a` → `b`
            fix: leave one of these fields empty
          events.csv:5, columns `date`, `date_end`: `2031-03-07, 2031-03-06` ends before it begins
            fix: correct one of the two days, or leave out what is not known
          events.csv:8, column `parent`: the row leads back to itself: `alone` → `alone`
            fix: leave one of these fields empty
          events.csv:8, columns `date`, `date_end`: `2031-12-31, 2031-01-01` ends before it begins
            fix: correct one of the two days, or leave out what is not known
          sources.csv:3, column `origin`: the row leads back to itself: \
        `1` → `2` → `3` → `4` → `5` → … → `1`
            fix: leave one of these fields empty
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
