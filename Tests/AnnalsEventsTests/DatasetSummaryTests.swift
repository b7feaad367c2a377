import AnnalsEvents
import Testing

@Suite struct DatasetSummaryTests {
  @Test func `a summary tells tables, columns, nulls, references and notes`() throws {
    let dataset = try Dataset.open(Fixture.path("harbour"))
    #expect(
      try DatasetSummary(dataset).description == """
        harbour: Unrest at a harbour (made up)
        version 1.0.0
        licence CC0-1.0

        tables
          events   3 rows  key id
          places   2 rows  key id
          figures  4 rows  key event, number
          remarks  2 rows  no key
          without rows: participations, actors, sources, parts, original

        columns of events
          id              text
          date            day       1 null, 2031-03-04 to 2031-03-05
          title           text
          place           → places  1 null, 1 of 2 places
          parent          → events  2 null, 1 of 3 events
          weather         text      1 null
          date_precision  text      1 null
          locater         text      2 null

        columns of places
          id        integer
          name      text
          latitude  number   1 null

        columns of figures
          event    → events  2 of 3 events
          number   integer
          measure  text
          value    figure    1 null
          stated   text      2 null
          arrests  figure    2 null

        columns of remarks
          event   text
          number  integer  1 null
          text    text

        notes
          events.weather: the type `any` is read as text
          events.date_precision: holds `decade`, which the model does not know
          events.locater: unknown to the model; is `locator` meant?

        """)
  }
}
