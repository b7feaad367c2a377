// The embedding face: `import Annals` is all that an embedder writes. The parts keep their own
// modules, and what is public in them is public here.
@_exported public import AnnalsBundles
@_exported public import AnnalsEngine
@_exported public import AnnalsEvents
@_exported public import AnnalsFormats
@_exported public import AnnalsReports
@_exported public import AnnalsScripting
