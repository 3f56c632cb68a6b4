extension FirstPack {
  static let timer = #"""
    #: title For which timer is it right?
    #: tell
    # Here is a loop: two threads add 1 a hundred times each. The loop has six
    # instructions, and the first three are load, add, store.
    #
    #     .again
    #     mov count, %ax
    #     add $1, %ax
    #     mov %ax, count
    #     sub $1, %bx
    #     test $0, %bx
    #     jgt .again
    #
    # Try some timers: `lesson reset`, `policy timer every=2`, `run`, and then
    # `cells count`. 200 is right.
    #: file loop.s
    # .var count
    # .again
    # mov count, %ax
    # add $1, %ax
    # mov %ax, count
    # sub $1, %bx
    # test $0, %bx
    # jgt .again
    # mdump count
    # halt
    #: given
    asm loop.s threads=2 bx=100

    #: task predict
    # With `every=1`, half of the updates are lost, and 100 are left. What comes
    # out with `every=3`?
    #: answer 200
    #: wrong 100
    # Try it, and ask which instructions a turn consists of.
    #: hint
    # `policy timer every=3`, `run`, `cells count`.
    #: hint
    # A turn is either the first half of the loop, or the second.
    #: hint
    # No turn ends between a load and its store.
    #: check
    policy timer every=3
    run
    assert output(2) == "count=200" and $answer == 200

    #: task name
    # For which timers from 1 to 12 does the right number come out?
    #: choice For 3 only.
    #: choice For 3, 6, 9 and 12.
    #: choice For all of 5 and more.
    #: choice For none.
    #: answer b
    #: wrong a
    # Try 6.
    #: wrong c
    # Try 7: some updates are lost there.
    #: hint
    # Try 3, 4, 5, 6.
    #: hint
    # The loop has 6 instructions, and 3 of them belong together.
    #: hint
    # Multiples of something.
    #: remark
    # Whether the bug shows depends on a number that nobody thinks of. Tests that
    # happen to use a good one prove nothing.
    #: check
    policy timer every=6
    run
    assert output(2) == "count=200"
    """#
}
