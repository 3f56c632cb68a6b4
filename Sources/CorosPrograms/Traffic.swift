package import CorosKernel

extension Program {
  /// A task that another task stops and resumes.
  package static var traffic: Program {
    Program(
      "traffic",
      "a traffic light stops a car, then lets it continue",
      lesson: """
        A stopped task has not ended: it keeps its place and its state until another task resumes \
        it. Kill the light while it is red, and the car stays stopped forever.
        """
    ) { _ in
      .body { os in
        let car = try await os.newTask("car") { os in
          for kilometre in 1...6 {
            try await os.write("kilometre \(kilometre)")
          }
        }
        for _ in 1...2 {
          try await os.yield()
          try await os.stopTask(car)
          try await os.write("red")
          try await os.sleep(10)
          try await os.write("green")
          try await os.continueTask(car)
        }
        try await os.waitTask(car)
        try await os.write("the car has arrived")
      }
    }
  }
}
