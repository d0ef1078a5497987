using Microsoft.Extensions.DependencyInjection;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.DependencyInjection;

/// <summary>Stress test: the key is replaced repeatedly under full load, and each old key is revoked immediately.</summary>
public sealed class KeySwitchStressTests
{
    private const int Callers = 64;
    private const int Switches = 100;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_call_fails_while_the_key_is_switched()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(new EmulatorOptions { EnforceRateLimits = false }, Token);
        using var admin = emulator.CreateClient(configure: options => options.TimeProvider = TimeProvider.System);
        using var host = new TestHost(TestHost.CreateSettings(emulator), services => services.AddNodeData());
        await host.Host.StartAsync(Token);
        var node = host.Node;

        using var stop = new CancellationTokenSource();
        var calls = new int[Callers];
        var callers = Enumerable
            .Range(0, Callers)
            .Select(caller =>
                Task.Run(
                    async () =>
                    {
                        while (!stop.IsCancellationRequested)
                        {
                            await node.Me.GetAsync(Token);
                            Interlocked.Increment(ref calls[caller]);
                        }
                    },
                    Token
                )
            )
            .ToList();

        var old = await SwitchKeyAsync(host, admin, 0);
        for (var index = 1; index <= Switches; index++)
        {
            var next = await SwitchKeyAsync(host, admin, index);
            await admin.Keys.RevokeAsync(old.Id, Token);
            old = next;
            await WaitUntilEachCallerHasCompletedACallAsync(calls, callers);
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{calls.Sum()} calls, {Switches} switches, {emulator.Requests.Count(r => r.Status == 401)} calls rejected and repeated"
        );
    }

    private static async Task<CreatedApiKey> SwitchKeyAsync(TestHost host, NodeClient admin, int index)
    {
        var next = await admin.Keys.CreateAsync($"key {index}", cancellationToken: Token);
        host.SetSetting("NodeData:ApiKey", next.Reveal());
        return next;
    }

    // A rejected call refreshes the key once, so no call may last through two revocations, regardless of how long its thread is suspended.
    private static async Task WaitUntilEachCallerHasCompletedACallAsync(int[] calls, List<Task> callers)
    {
        var before = calls.ToArray();
        await Poll.UntilAsync(
            () => callers.Any(caller => caller.IsCompleted) || calls.Zip(before).All(pair => pair.First > pair.Second),
            "A call did not return."
        );
        await Task.WhenAll(callers.Where(caller => caller.IsCompleted));
    }
}
