using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.Tests;

/// <summary>Tests of a receiver with the default options whose Redis server is unavailable when the handlers return.</summary>
public sealed class OutageTests(ITestOutputHelper output)
{
    private const int Count = 12;
    private const string Secret = "whsec_test_0123456789abcdef0123456789abcdef";

    private readonly ConcurrentDictionary<string, int> _runs = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_frozen_server_runs_no_event_twice() => RunAsync(server => server.SuspendAsync(), server => server.ResumeAsync());

    [Fact]
    public Task A_server_that_is_restarted_with_its_data_runs_no_event_twice() =>
        RunAsync(server => server.KillAsync(), server => server.RestartAsync());

    private async Task RunAsync(Func<RedisServer, Task> startOutageAsync, Func<RedisServer, Task> endOutageAsync)
    {
        await using var server = await RedisServer.StartAsync();
        await using var host = CreateHost(server);
        await host.StartAsync();
        var receiver = host.Host.Services.GetRequiredService<WebhookReceiver>();
        var ids = Enumerable.Range(1, Count).Select(number => $"ev_{number}").ToList();

        var first = ids.ConvertAll(id => DeliverAsync(receiver, id));
        await Eventually.WaitUntilAsync(() => _runs.Count == Count, "The handlers did not start.");
        await startOutageAsync(server);
        var startedAt = TimeProvider.System.GetTimestamp();
        _released.SetResult();
        // Until the first calls and both of their retries have failed for each event.
        await Eventually.WaitUntilAsync(
            () => host.LogRecords.Count(line => line.Id.Id is 111 or 116) >= Count,
            "The completions did not fail."
        );
        var outage = TimeProvider.System.GetElapsedTime(startedAt);
        await endOutageAsync(server);
        var statuses = (await Task.WhenAll(first)).Select(result => result.StatusCode).ToList();
        foreach (var id in ids)
        {
            await Eventually.WaitUntilAsync(
                async () => (await DeliverAsync(receiver, id)).StatusCode == 200,
                $"{id} was not acknowledged."
            );
        }

        output.WriteLine(
            $"{Count} events in progress, outage of {outage.TotalSeconds:0.0} s: {_runs.Values.Count(runs => runs > 1)} handled twice; "
                + $"first responses: {string.Join(", ", statuses.Order())}; all acknowledged after "
                + $"{TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds:0.0} s."
        );
        Assert.All(statuses, status => Assert.True(status is 200 or 503, $"The response was {status}."));
        Assert.All(_runs, run => Assert.True(run.Value == 1, $"{run.Key} was handled {run.Value} times."));
    }

    private TestHost CreateHost(RedisServer server) =>
        new(
            new()
            {
                ["NodeData:WebhookSecrets"] = Secret,
                ["NodeData:Webhooks:Redis:ConnectionString"] = $"!{server.SocketPath}",
                // The default.
                ["NodeData:Webhooks:Redis:CallTimeout"] = "00:00:02",
            },
            services =>
                services
                    .AddNodeDataRedisClaimStore()
                    .AddNodeDataWebhookReceiver(
                        "orders",
                        on =>
                            on.PayoutPaid(
                                (e, _) =>
                                {
                                    _runs.AddOrUpdate(e.Event.Id!, 1, (_, runs) => runs + 1);
                                    return _released.Task;
                                }
                            )
                    )
        );

    private static async Task<WebhookResult> DeliverAsync(WebhookReceiver receiver, string id)
    {
        using var signer = new WebhookSigner(WebhookSecret.Parse(Secret));
        var body = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","type":"payout.paid"}""");
        return await receiver.ReceiveAsync(body, signer.Sign(body, TimeProvider.System.GetUtcNow()), Token);
    }
}
