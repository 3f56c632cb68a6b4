extension FirstPack {
  static let trees = #"""
    #: title A tree of processes
    #: tell
    # On Unix a process makes another one by `fork`. The new one is its child, and
    # can have children of its own. So processes form a tree, and its root is the
    # first process.
    #
    # We write `a+b` for: a forks b. And `forks a+b,a+c` draws what comes of it.
    # Draw it on paper first!
    #
    # You type a tree like this: a(b,c) means that b and c are children of a.

    #: task trees a+b,a+c,b+d
    # Which tree do these actions lead to?
    #: hint
    # The last action is done by b.
    #: hint
    # b and c are children of a. Whose child is d?
    #: hint
    # a(b(...),c), and the dots are one letter.

    #: task trees a+b,b+c,c+d,a+e
    # And these?
    #: hint
    # Each of the first three has one child.
    #: hint
    # The chain is a, b, c, d. Then a has another child.
    #: hint
    # a(b(c(...)),e)

    #: task trees a+b,b+c,b+d,a+e,e+f reversed
    # Now the other way round. Type actions that lead to this tree: `answer a+b,...`.
    #: hint
    # A process must exist before it can fork.
    #: hint
    # Begin with the children of a.
    #: hint
    # Every line of the tree is one action: PARENT+CHILD.
    #: remark
    # Any order is right in which parents come before their children. Different
    # pasts can lead to the same present.
    """#
}
