%% An echo server in Erlang, with passive sockets: a process for each client.
-module(server).
-export([main/0]).

main() ->
    [Port] = init:get_plain_arguments(),
    Options = [binary, {active, false}, {reuseaddr, true}, {backlog, 4096}, {nodelay, true}, {ip, {127, 0, 0, 1}}],
    {ok, Listener} = gen_tcp:listen(list_to_integer(Port), Options),
    accept(Listener).

accept(Listener) ->
    {ok, Client} = gen_tcp:accept(Listener),
    Server = spawn(fun() -> receive go -> serve(Client) end end),
    ok = gen_tcp:controlling_process(Client, Server),
    Server ! go,
    accept(Listener).

serve(Client) ->
    case gen_tcp:recv(Client, 0) of
        {ok, Bytes} ->
            ok = gen_tcp:send(Client, Bytes),
            serve(Client);
        {error, _} ->
            gen_tcp:close(Client)
    end.
