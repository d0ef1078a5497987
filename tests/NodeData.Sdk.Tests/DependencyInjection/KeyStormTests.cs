using Microsoft.Extensions.DependencyInjection;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.DependencyInjection;

/// <summary>The key replaced again and again, and the old one revoked at once, under a server's full load.</summary>
public sealed class KeyStormTests
{
    private const int Callers = 64;
    private const int Swaps = 100;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_call_fails_while_the_key_is_swapped_under_it()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(new EmulatorOptions { EnforceRateLimits = false }, Token);
        using var admin = emulator.Client(configure: options => options.TimeProvider = TimeProvider.System);
        using var host = new Hosts(Hosts.SettingsOf(emulator), services => services.AddNodeData());
        await host.Host.StartAsync(Token);
        var node = host.Node;

        using var over = new CancellationTokenSource();
        var calls = new int[Callers];
        var callers = Enumerable
            .Range(0, Callers)
            .Select(caller =>
                Task.Run(
                    async () =>
                    {
                        while (!over.IsCancellationRequested)
                        {
                            await node.Me.GetAsync(Token);
                            Interlocked.Increment(ref calls[caller]);
                        }
                    },
                    Token
                )
            )
            .ToList();

        var old = await SwapAsync(host, admin, 0);
        for (var swap = 1; swap <= Swaps; swap++)
        {
            var next = await SwapAsync(host, admin, swap);
            await admin.Keys.RevokeAsync(old.Id, Token);
            old = next;
            await UntilEachHasBegunAnewAsync(calls, callers);
        }

        await over.CancelAsync();
        await Task.WhenAll(callers);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{calls.Sum()} calls, {Swaps} swaps, {emulator.Requests.Count(r => r.Status == 401)} refused and repeated"
        );
    }

    private static async Task<CreatedApiKey> SwapAsync(Hosts host, NodeClient admin, int swap)
    {
        var next = await admin.Keys.CreateAsync($"key {swap}", cancellationToken: Token);
        host.Change("NodeData:ApiKey", next.Reveal());
        return next;
    }

    // A refused call looks for another key once. So none may live through two revocations, however long its thread is suspended.
    private static async Task UntilEachHasBegunAnewAsync(int[] calls, List<Task> callers)
    {
        var before = calls.ToArray();
        await Bounded.UntilAsync(
            () => callers.Any(caller => caller.IsCompleted) || calls.Zip(before).All(pair => pair.First > pair.Second),
            "A call hangs."
        );
        await Task.WhenAll(callers.Where(caller => caller.IsCompleted));
    }
}
