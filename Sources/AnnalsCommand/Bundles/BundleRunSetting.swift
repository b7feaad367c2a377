import Annals

/// What the scripts of a bundle may use and do, where it is not `annals run` that runs them.
struct BundleRunSetting {
  let limits: ScriptLimits
  let permissions: ScriptPermissions

  /// - Throws: If the bundle asks for what is not granted, or less.
  init(
    bundle: ReportBundle, permissions: PermissionOptions, limits: LimitOptions, threads: Int?
  ) throws(CommandError) {
    let grants = BundleGrants(
      manifest: bundle.manifest, permissions: permissions, limits: limits)
    try grants.check(starts: true)
    var own = try limits.limits()
    grants.lower(&own)
    own.threadCount = try ThreadCount.find(threads)
    self.limits = own
    self.permissions = try permissions.permissions()
  }
}
