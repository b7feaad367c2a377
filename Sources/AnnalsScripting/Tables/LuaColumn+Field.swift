import AnnalsEngine
import AnnalsLua

extension LuaColumn {
  /// What scripts can read of a field where it lies. Figures, lists, references and times they can't,
  /// and a column that can't be used is null in every row, which is the host's business too.
  init(_ field: Field, of table: Table) {
    guard field.type != .figure, let column = try? table.column(field.slot) else {
      self.init()
      return
    }
    self.init(column)
  }

  private init(_ column: Column) {
    switch column.storage {
    case .boolean(let bits): self.init(bits: bits.words.span, of: bits.words)
    case .int8(let values): self.init(values.span, of: values)
    case .int16(let values): self.init(values.span, of: values)
    case .int32(let values): self.init(values.span, of: values)
    case .int64(let values): self.init(values.span, of: values)
    case .double(let values): self.init(values.span, of: values)
    case .codes8(let codes, let dictionary):
      self.init(codes.span, of: codes)
      standsForTexts(of: dictionary)
    case .codes16(let codes, let dictionary):
      self.init(codes.span, of: codes)
      standsForTexts(of: dictionary)
    case .codes32(let codes, let dictionary):
      self.init(codes.span, of: codes)
      standsForTexts(of: dictionary)
    case .text(let block):
      self.init(
        offsets: block.offsets.span, of: block.offsets, bytes: block.bytes.span, of: block.bytes)
    case .list, .reference: self.init()
    }
    switch column.type {
    case .day: standsForValues()
    case .time: self.init()
    default: break
    }
    if let validity = column.validity, !isGivenByHost {
      isKnown(where: validity.words.span, of: validity.words)
    }
  }

  private mutating func standsForTexts(of dictionary: TextDictionary) {
    let texts = dictionary.texts
    standsForTexts(
      offsets: texts.offsets.span, of: texts.offsets, bytes: texts.bytes.span, of: texts.bytes)
  }
}
