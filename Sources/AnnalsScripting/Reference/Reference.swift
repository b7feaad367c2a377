import AnnalsEngine

/// The reference of what scripts can call: a page for each verb, value and function.
///
/// It is made from what stands beside the registrations, and needs neither data nor a Lua state.
package struct Reference: Sendable {
  /// By kind, and within it by name.
  package let pages: [ReferencePage]

  package init() {
    var all = ScriptTable.methods.map(\.page)
    all += ScriptData.methods.map(\.page) + ScriptRow.methods.map(\.page)
    all += AnnalsModule.members.map(\.page) + [ParameterReader.page]
    all += RowFunction.allCases.map { ReferencePage($0.rawValue, .rowFunction, $0.documentation) }
    all += BuiltInFunction.allCases.map {
      ReferencePage($0.rawValue, .rowFunction, $0.documentation)
    }
    all += Aggregate.allCases.map { ReferencePage($0.rawValue, .aggregate, $0.documentation) }
    all += Series.allCases.map { ReferencePage($0.rawValue, .series, $0.documentation) }
    pages = ReferencePage.Kind.allCases.flatMap { kind in
      all.filter { $0.kind == kind }
        .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
  }

  /// Every name, in the order of the bytes; one that is several things stands once.
  package var names: [String] {
    Set(pages.map(\.name)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The pages of what is called so; several where a name is several things.
  ///
  /// - Parameter name: As scripts write it, such as `where`, `:where`, `t:where`, `annals.table`, or
  ///   without the module, `table`.
  package func pages(named name: String) -> [ReferencePage] {
    let plain = name.split(separator: ":").last.map(String.init) ?? name
    let exact = pages.filter { $0.name == plain }
    return exact.isEmpty ? pages.filter { "annals." + plain == $0.name } : exact
  }

  /// The names nearest to one that is unknown, at most three.
  package func nearNames(to name: String) -> [String] {
    let module = "annals."
    let short = names.filter { $0.hasPrefix(module) }.map { String($0.dropFirst(module.count)) }
    return NearNames.suggestions(for: name, among: names + short)
  }
}
