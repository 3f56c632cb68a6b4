extension FirstPack {
  static let orphans = #"""
    #: title Orphans
    #: tell
    # When a process ends, what becomes of its children? They go on, but who is
    # their parent now?
    #
    # Unix has a rule: the first process of all, the root, takes them in. Their own
    # children stay with them.
    #
    # We write `b-` for: b ends. Try `forks a+b,b+c,c+d,b-`.

    #: task trees a+b,b+c,b+d,b-
    # b has two children, and ends. Which tree is left?
    #: hint
    # c and d live on.
    #: hint
    # The root takes them in, and the root is a.
    #: hint
    # a has two children now.

    #: task trees a+b,b+c,c+d,c+e,b-
    # b ends. c has children of its own. Which tree is left?
    #: hint
    # Only the children of b lose their parent.
    #: hint
    # c goes to a, and takes d and e along.
    #: hint
    # a(c(...))

    #: task trees a+b,b+c,c+d,c- reparent=local
    # Some books have another rule: the grandparent takes in the children. What is
    # left under this rule, after c has ended?
    #: wrong a(b,d)
    # That is the rule of Unix: the root takes them in.
    #: hint
    # Who is the parent of c?
    #: hint
    # d goes to b.
    #: hint
    # a(b(...))

    #: task trees a+b,b+c,b- reversed
    # Type actions that lead to this tree, by the rule of Unix. There is more than
    # one way: can you find one on which a process ends, as in `b-`?
    #: hint
    # c is a child of a now. Was it always?
    #: hint
    # It may have been: many pasts lead to this tree.
    #: hint
    # a+c alone does it, and so does a+b,b+c,b-.
    #: remark
    # A tree does not tell how it came to be. Log files do, and a time machine.
    """#
}
