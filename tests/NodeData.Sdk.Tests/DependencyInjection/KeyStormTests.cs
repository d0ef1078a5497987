using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.DependencyInjection;

/// <summary>The key replaced again and again, with an overlap, under a server's full load.</summary>
public sealed class KeyStormTests
{
    private const int Callers = 64;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_call_fails_while_the_key_is_swapped_ten_times_a_second()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(new EmulatorOptions { RateLimits = false }, Token);
        using var admin = emulator.Client(configure: options => options.TimeProvider = TimeProvider.System);
        using var host = new Hosts(Hosts.SettingsOf(emulator), services => services.AddNodeData());
        await host.Host.StartAsync(Token);
        var node = host.Node;

        using var over = new CancellationTokenSource();
        var calls = 0L;
        var callers = Enumerable
            .Range(0, Callers)
            .Select(_ =>
                Task.Run(
                    async () =>
                    {
                        while (!over.IsCancellationRequested)
                        {
                            await node.Me.GetAsync(Token);
                            Interlocked.Increment(ref calls);
                        }
                    },
                    Token
                )
            )
            .ToList();

        var swaps = await SwapAsync(host, admin);
        await over.CancelAsync();
        await Task.WhenAll(callers);

        Assert.True(swaps >= 50, $"{swaps} swaps");
        Assert.True(calls >= 1000, $"{calls} calls");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{calls} calls, {swaps} swaps, {emulator.Requests.Count(r => r.Status == 401)} refused and repeated"
        );
    }

    private static async Task<int> SwapAsync(Hosts host, NodeClient admin)
    {
        var swaps = 0;
        IssuedKey? old = null;
        for (var since = Stopwatch.StartNew(); since.Elapsed < Duration; swaps++)
        {
            var next = await admin.Keys.CreateAsync($"key {swaps}", cancellationToken: Token);
            host.Change("NodeData:ApiKey", next.Reveal());
            await Task.Delay(Pause, Token);
            if (old is not null)
            {
                await admin.Keys.RevokeAsync(old.Id, Token);
            }

            old = next;
        }

        return swaps;
    }
}
