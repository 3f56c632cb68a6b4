/// The folder of the package, for tests that read its files.
package let packageFolder = #filePath.split(separator: "/").dropLast(3)
  .reduce(into: "") { path, part in path += "/" + part }
