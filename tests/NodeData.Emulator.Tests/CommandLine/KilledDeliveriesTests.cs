#if NET10_0_OR_GREATER
using System.Text.Json;
using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Emulator.Tests.CommandLine;

public sealed class KilledDeliveriesTests
{
    private const string Secret = "whsec_test_localdevelopment0001";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deliveries_pending_or_in_progress_at_a_kill_are_attempted_after_a_restart()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs signals.");
        using var directory = new TemporaryDirectory();
        var (killed, isResponding) = (new TaskCompletionSource(), false);
        await using var receiver = await Receiver.StartAsync(
            async (_, http) =>
            {
                if (isResponding)
                {
                    return;
                }

                // No response while the emulator runs, even if it cancels an attempt and makes another one.
                await killed.Task;
                http.Abort();
            }
        );
        string[] arguments =
        [
            "--data",
            directory.File("data.db"),
            "--control",
            "--webhook",
            receiver.Url,
            "--webhook-secret",
            Secret,
            "--key",
            "nd_test_localdevelopment0001",
        ];
        using var client = new HttpClient();
        var emitted = new List<string?>();
        await using (var emulator = await EmulatorProcess.StartReadyAsync(directory.Path, arguments))
        {
            // More than are attempted at once: some are in progress, the others have not started.
            for (var i = 0; i < 40; i++)
            {
                emitted.Add(await Emit(client, emulator.Address));
            }

            await receiver.NextAsync(32);
            await emulator.SignalAsync("-KILL");
        }

        killed.SetResult();
        await receiver.NextAsync(receiver.UnreadCount);
        isResponding = true;
        await using var restarted = await EmulatorProcess.StartReadyAsync(directory.Path, arguments);
        using var verifier = new WebhookVerifier(WebhookSecret.Parse(Secret));
        var missing = emitted.ToHashSet();
        while (missing.Count > 0)
        {
            var received = await receiver.NextAsync();
            Assert.True(!received.IsComplete || verifier.Verify(received.Body, received.Signature).IsValid);
            missing.Remove(received.IsComplete ? received.EventId : null);
        }
    }

    private static async Task<string?> Emit(HttpClient client, Uri address)
    {
        using var body = new StringContent("""{"type":"payout.paid"}""");
        using var response = await client.PostAsync(new Uri(address, "/control/events"), body, Token);
        var json = await response.Content.ReadAsStringAsync(Token);
        return JsonSerializer.Deserialize<JsonElement>(json).GetProperty("id").GetString();
    }
}
#endif
