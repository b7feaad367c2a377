import CAnnalsKernels

/// How kernels are carried out. All forms give the same.
package enum KernelForm: CaseIterable, Sendable {
  /// Without special instructions.
  case portable
  /// With those that every processor of the kind has.
  case baseline
  /// With those that many have; see ``available``.
  case wide

  /// What this processor can carry out.
  package static let available = allCases.filter { $0 != .wide || annals_has_wide_form() }

  /// The quickest that is available; a build setting forces the portable one, so that it is tested too.
  package static var best: KernelForm {
    #if ANNALS_PORTABLE_KERNELS
      .portable
    #else
      available.last ?? .baseline
    #endif
  }

  /// As the kernels know it.
  var number: annals_form {
    switch self {
    case .portable: annals_form_portable
    case .baseline: annals_form_baseline
    case .wide: annals_form_wide
    }
  }
}
