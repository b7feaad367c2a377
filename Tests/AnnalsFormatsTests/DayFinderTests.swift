import AnnalsEngine
import Testing

@testable import AnnalsFormats

@Suite struct DayFinderTests {
  /// What texts are, and the first of them as a day.
  func find(_ texts: [String], _ order: DayOrder? = nil) -> (DayFinder.Finding, String?) {
    var finder = DayFinder(order: order)
    for text in texts { _ = finder.take(text.utf8.span) }
    let finding = finder.finding(isDeclared: false)
    guard case .days(let order, _) = finding else { return (finding, nil) }
    return (finding, finder.day(texts[0].utf8.span, order)?.description)
  }

  @Test(arguments: [
    ("05 January 2022", "2022-01-05"), ("5 january 2022", "2022-01-05"),
    ("01-January-2015", "2015-01-01"), ("9-May-20", "2020-05-09"), ("9-MAY-69", "1969-05-09"),
    ("31 Dec 1999", "1999-12-31"), ("January 5, 2022", "2022-01-05"),
    ("Jan 5 2022", "2022-01-05"), ("2022 Jan 5", "2022-01-05"), ("2022-1-5", "2022-01-05"),
    ("2022/01/05", "2022-01-05"), ("2014-01-22 00:00:00.000", "2014-01-22"),
    ("2014-01-22T00:00:00Z", "2014-01-22"), ("22 Jan 2014 0:00", "2014-01-22"),
  ])
  func `a form in which nothing is open is a day`(text: String, day: String) {
    let (finding, found) = find([text])
    #expect(finding == .days(.dayFirst, isNeeded: false))
    #expect(found == day)
  }

  @Test func `day and month in numbers are told apart by the whole column`() {
    #expect(find(["05/06/2015", "29/12/2015"]) == (.days(.dayFirst, isNeeded: true), "2015-06-05"))
    #expect(
      find(["05/06/2015", "12/29/2015"]) == (.days(.monthFirst, isNeeded: true), "2015-05-06"))
    #expect(find(["5.6.2015", "31.1.2015"]) == (.days(.dayFirst, isNeeded: true), "2015-06-05"))
    #expect(find(["1/15/15", "1/2/15"]) == (.days(.monthFirst, isNeeded: true), "2015-01-15"))
    #expect(
      find(["1/5/2022 12:00:00 AM", "1/13/2022 12:00:00 AM"])
        == (.days(.monthFirst, isNeeded: true), "2022-01-05"))
    #expect(find(["05/06/2015", "01/02/2015"]) == (.undecided, nil))
    #expect(find(["05/05/2015", "01/01/2015"]) == (.days(.dayFirst, isNeeded: true), "2015-05-05"))
    #expect(find(["13/06/2015", "06/13/2015"]) == (.contradictory, nil))
    #expect(
      find(["05/06/2015"], .monthFirst) == (.days(.monthFirst, isNeeded: true), "2015-05-06"))
  }

  @Test func `texts in several forms, or of which one is no day, are no days`() {
    for texts in [
      ["05 January 2022", "2022-01-05"], ["05 January 2022", "05-January-2022"],
      ["9-May-20", "9-May-2020"], ["29/12/2015", "unknown"], ["2022-02-30"], ["31 June 2022"],
      ["32/01/2022"], ["05 Janu 2022"], ["Jan Feb 2022"], ["2022 2022 2022"], ["1/2"], [""],
      ["2014-01-22 00:00:01"], ["2014-01-22 10:00"], ["1.2.15"], ["1-2-15"], ["1 2 2015"],
      ["2022-01-05x"], ["5 January 123"], ["5 January 20222"], ["/1/2015"], ["1//2015"],
    ] {
      #expect(find(texts).0 == .noDays, "\(texts)")
    }
  }
}
