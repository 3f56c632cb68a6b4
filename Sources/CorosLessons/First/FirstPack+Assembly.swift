extension FirstPack {
  static let assembly = #"""
    #: title The same race in machine code
    #: tell
    # What is a step on a real machine? About one instruction. A compiler makes
    # three of `count = count + 1`:
    #
    #     mov count, %ax     load: ax = count
    #     add $1, %ax        add, in the register
    #     mov %ax, count     store: count = ax
    #
    # Each thread has registers of its own; the memory is shared. A timer takes the
    # CPU away every so often: `policy timer every=2` after every 2 instructions.
    #
    # Two threads run the program. `step` makes one instruction, `info 1` shows the
    # registers, and `cells count` the memory.
    #: file add.s
    # .var count
    # mov count, %ax
    # add $1, %ax
    # mov %ax, count
    # mdump count
    # halt
    #: given
    asm add.s threads=2
    policy timer every=2

    #: task predict
    # The timer interrupts after every 2 instructions. What is count at the end?
    #: answer 1
    #: wrong 2
    # After two instructions thread 1 has loaded and added. It has not stored.
    #: hint
    # Step through it. The first switch comes after `add`.
    #: hint
    # Thread 2 loads before thread 1 stores.
    #: hint
    # Both load 0.
    #: check
    run
    assert $answer == 1
    assert output(2) == "count=1"

    #: task predict
    # And with `policy timer every=3`?
    #: given
    policy timer every=3
    #: answer 2
    #: wrong 1
    # This time the switch comes after the store.
    #: hint
    # Which three instructions make the first turn?
    #: hint
    # Load, add, store: the update is whole.
    #: hint
    # Nothing is lost.
    #: remark
    # The program has not become right. The timer was kind.
    #: check
    run
    assert $answer == 2
    assert output(2) == "count=2"
    """#
}
