using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http.Retries;

/// <summary>Tests responses that are lost after the request was processed, and counts the requests at the emulator.</summary>
public sealed class DuplicateRequestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [SyncAndAsync]
    public async Task A_creation_whose_response_was_lost_is_not_retried(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();
        emulator.Faults.Enqueue("/keys", EmulatorFault.DropResponse());

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.CreateKey(callStyle, new CreateApiKeyOptions("lost")));

        Assert.True(error.RequestMayHaveBeenProcessed);
        Assert.Single(emulator.Requests);
        Assert.Single(await node.ListKeys(callStyle), key => key.Name == "lost");
    }

    [Theory]
    [SyncAndAsync]
    public async Task With_an_idempotency_key_a_creation_is_retried_and_returns_the_same_key(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient(configure: options => options.Jitter = () => 0);
        emulator.Faults.Enqueue("/keys", EmulatorFault.DropResponse());
        var request = new CreateApiKeyOptions("found again")
        {
            ExpiresAt = emulator.Clock.GetUtcNow().AddDays(90),
            IdempotencyKey = "once",
        };

        var issued = await node.CreateKey(callStyle, request);
        var again = await node.CreateKey(callStyle, request);

        Assert.Equal(issued.Reveal(), again.Reveal());
        Assert.Equal(3, emulator.Requests.Count);
        Assert.Single(await node.ListKeys(callStyle), key => key.Name == "found again");
        using var fresh = emulator.CreateClient(issued.Secret);
        await fresh.GetMe(callStyle);

        var error = await Assert.ThrowsAsync<NodeDataConflictException>(() =>
            node.CreateKey(callStyle, new CreateApiKeyOptions("another") { IdempotencyKey = "once" })
        );
        Assert.Equal("idempotency_conflict", error.Code);
        Assert.Contains("ExpiresAt", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_revocation_whose_response_was_lost_is_retried_safely(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient(configure: options => options.Jitter = () => 0);
        var issued = await node.CreateKey(callStyle, new CreateApiKeyOptions("old"));
        emulator.Faults.Enqueue($"/keys/{issued.Id}", EmulatorFault.DropResponse());

        var revoked = await node.RevokeKey(callStyle, issued.Id);

        Assert.Equal(ApiKeyStatus.Revoked, revoked.Status);
        Assert.Equal(2, emulator.Requests.Count(request => request.Method == "DELETE"));
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_POST_that_failed_is_not_retried_and_a_rate_limited_one_is(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient(configure: options => options.Jitter = () => 0);

        emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(503));
        await Assert.ThrowsAsync<NodeDataServerException>(() => node.CreateKey(callStyle, new CreateApiKeyOptions("failed")));
        Assert.Single(emulator.Requests);

        emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(429));
        await node.CreateKey(callStyle, new CreateApiKeyOptions("limited"));
        Assert.Equal(3, emulator.Requests.Count);
        Assert.DoesNotContain(await node.ListKeys(callStyle), key => key.Name == "failed");
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_service_in_maintenance_is_called_once_and_its_retry_after_is_reported(CallStyle callStyle)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.CreateClient();
        emulator.Faults.Enqueue("*", EmulatorFault.RespondWithMaintenance(TimeSpan.FromHours(1)), 5);

        var error = await Assert.ThrowsAsync<NodeDataMaintenanceException>(() => node.GetMe(callStyle));

        Assert.Equal(TimeSpan.FromHours(1), error.RetryAfter);
        Assert.Single(emulator.Requests);
    }
}
