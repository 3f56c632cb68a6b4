/// A property of the sources.
protocol Rule {
  /// The places that violate it.
  func violations(in tree: SourceTree) -> [Violation]
}

extension Architecture {
  /// All rules.
  var rules: [any Rule] {
    [
      ImportRule(architecture: self), FolderOrderRule(architecture: self),
      FileNameRule(architecture: self), CommandFileRule(), TableRule(),
      AccessRule(architecture: self, products: Self.products), FileLengthRule(limit: 400),
      TestMirrorRule(architecture: self), DocumentedMapRule(architecture: self), CopyRule(),
    ]
  }
}
