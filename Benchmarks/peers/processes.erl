%% Erlang processes on one scheduler, which yield with erlang:yield(), and send messages.
%%
%% Arguments, after -extra: yield|spawn|mail LABEL TASKS OPERATIONS. Prints NAME TASKS NS BYTES.
-module(processes).
-export([main/0]).

main() ->
    [Kind, Label, TasksText, OperationsText] = init:get_plain_arguments(),
    Tasks = list_to_integer(TasksText),
    Operations = list_to_integer(OperationsText),
    case Kind of
        "yield" -> measure_yield(Label, Tasks, Operations);
        "spawn" -> measure_spawn(Label, Tasks, Operations);
        "mail" -> measure_mail(Label, Tasks, Operations)
    end,
    erlang:halt(0).

%% The tasks yield so many times and report; then again, with the watch running.
measure_yield(Label, Tasks, Operations) ->
    Rounds = max(3, Operations div Tasks),
    Parent = self(),
    Before = resident_bytes(),
    Pids = [spawn(fun() -> yielder(Parent) end) || _ <- lists:seq(1, Tasks)],
    yield_all(Pids, Tasks, 1),
    Bytes = (resident_bytes() - Before) / Tasks,
    yield_all(Pids, Tasks, Rounds div 10),
    Nanoseconds = yield_all(Pids, Tasks, Rounds) / (Rounds * Tasks),
    io:format("yield/~s ~b ~f ~f~n", [Label, Tasks, Nanoseconds, float(Bytes)]).

%% All are told first, at a priority that lets none of them run meanwhile.
yield_all(Pids, Tasks, Times) ->
    process_flag(priority, high),
    [Pid ! {yield, Times} || Pid <- Pids],
    Start = cpu_time(),
    process_flag(priority, normal),
    collect(Tasks),
    cpu_time() - Start.

yielder(Parent) ->
    receive {yield, Times} -> yield_times(Times) end,
    Parent ! done,
    yielder(Parent).

yield_times(0) -> ok;
yield_times(Times) ->
    erlang:yield(),
    yield_times(Times - 1).

collect(0) -> ok;
collect(Left) ->
    receive done -> collect(Left - 1) end.

measure_spawn(Label, Tasks, Operations) ->
    live(min(Tasks, 1000)),
    Batches = max(1, Operations div Tasks),
    Start = cpu_time(),
    [live(Tasks) || _ <- lists:seq(1, Batches)],
    Nanoseconds = (cpu_time() - Start) / (Batches * Tasks),
    io:format("spawn/~s ~b ~f -~n", [Label, Tasks, Nanoseconds]).

live(Count) ->
    Parent = self(),
    [spawn(fun() -> Parent ! done end) || _ <- lists:seq(1, Count)],
    collect(Count).

%% Every two play a ball; an operation is one message.
measure_mail(Label, Tasks, Operations) ->
    Rounds = max(3, Operations div Tasks),
    Parent = self(),
    Pairs = [pair(Parent, Rounds) || _ <- lists:seq(1, Tasks div 2)],
    Start = cpu_time(),
    process_flag(priority, high),
    [First ! ball || First <- Pairs],
    process_flag(priority, normal),
    collect(2 * length(Pairs)),
    Nanoseconds = (cpu_time() - Start) / (Rounds * 2 * length(Pairs)),
    io:format("mail/~s ~b ~f -~n", [Label, Tasks, float(Nanoseconds)]).

pair(Parent, Rounds) ->
    First = spawn(fun() -> receive {partner, Pid} -> play(Parent, Pid, Rounds) end end),
    Second = spawn(fun() -> play(Parent, First, Rounds) end),
    First ! {partner, Second},
    First.

play(Parent, _, 0) -> Parent ! done;
play(Parent, Partner, Rounds) ->
    receive ball -> Partner ! ball end,
    play(Parent, Partner, Rounds - 1).

%% The nanoseconds of CPU that the virtual machine has used, in steps of a millisecond.
cpu_time() ->
    {Milliseconds, _} = statistics(runtime),
    Milliseconds * 1000000.

resident_bytes() ->
    case file:read_file("/proc/self/statm") of
        {ok, Text} ->
            [_, Pages | _] = string:lexemes(binary_to_list(Text), " "),
            list_to_integer(Pages) * 4096;
        _ -> 0
    end.
