/// Where the package is, for tests that read what lies in it.
package let packageFolder = #filePath.split(separator: "/").dropLast(3)
  .reduce(into: "") { path, part in path += "/" + part }
