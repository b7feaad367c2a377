/// How a text breaks the rules of RFC 8259.
public enum JSONProblem: Hashable, Sendable {
  case unexpectedEnd(needed: String)
  case unexpectedCharacter(found: String, needed: String)
  /// Something follows the one value of the file.
  case trailingText(found: String)
  case duplicateName(name: String, first: TextPlace)
  case badEscape(text: String)
  /// Half of a surrogate pair, which is no character.
  case loneSurrogate(text: String)
  case controlCharacter(code: UInt8)
  case badNumber(text: String)
  /// A number beyond the largest double.
  case numberTooLarge(text: String)
  case tooDeep(limit: Int)
  case badUTF8
}

extension JSONProblem: CustomStringConvertible {
  /// What is wrong, without the place.
  public var description: String {
    switch self {
    case .unexpectedEnd(let needed): "the file ends where \(needed) is needed"
    case .unexpectedCharacter(let found, let needed):
      "\(ShownText.quoted(found)) stands where \(needed) is needed"
    case .trailingText(let found): "\(ShownText.quoted(found)) follows the end of the JSON value"
    case .duplicateName(let name, _): "the name \(ShownText.quoted(name)) occurs twice in an object"
    case .badEscape(let text): "\(ShownText.quoted(text)) is no escape of JSON"
    case .loneSurrogate(let text):
      "\(ShownText.quoted(text)) is half of a surrogate pair, and no character"
    case .controlCharacter(let code):
      "a text holds the control character \(code) as it is"
    case .badNumber(let text): "\(ShownText.quoted(text)) is no number of JSON"
    case .numberTooLarge(let text): "the number \(ShownText.quoted(text)) is too large"
    case .tooDeep(let limit): "values are nested more than \(limit) deep"
    case .badUTF8: "the file is not UTF-8"
    }
  }

  /// How to mend it.
  public var fix: String {
    switch self {
    case .unexpectedEnd: "check that the file is whole"
    case .unexpectedCharacter(let found, _):
      switch found {
      case "'": "write texts in double quotes"
      case "]", "}": "remove the comma before it"
      case "/", "#": "remove the comment: JSON has none"
      default: "correct the file here"
      }
    case .trailingText: "remove it"
    case .duplicateName(_, let first): "remove this one or the one at \(first)"
    case .badEscape: "write a backslash as `\\\\`"
    case .loneSurrogate: "write the character itself, or both halves"
    case .controlCharacter: "write it as an escape such as `\\n`"
    case .badNumber: "write it like `12`, `-0.5` or `1e9`"
    case .numberTooLarge: "write it as a text, or correct it"
    case .tooDeep: "nest fewer arrays and objects"
    case .badUTF8: "save the file as UTF-8"
    }
  }
}
