using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http.Retries;

/// <summary>Answers that are lost after the work was done, counted at the emulator.</summary>
public sealed class NothingIsSentTwiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [ThroughBothDoors]
    public async Task A_creation_whose_answer_was_lost_is_not_repeated(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client();
        emulator.Faults.Enqueue("/keys", EmulatorFault.DropResponse());

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.CreateKey(door, new CreateApiKeyOptions("lost")));

        Assert.True(error.RequestMayHaveBeenProcessed);
        Assert.Single(emulator.Requests);
        Assert.Single(await node.ListKeys(door), key => key.Name == "lost");
    }

    [Theory]
    [ThroughBothDoors]
    public async Task Under_an_idempotency_key_it_is_repeated_and_the_same_key_comes(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client(configure: options => options.Jitter = () => 0);
        emulator.Faults.Enqueue("/keys", EmulatorFault.DropResponse());
        var request = new CreateApiKeyOptions("found again")
        {
            ExpiresAt = emulator.Clock.GetUtcNow().AddDays(90),
            IdempotencyKey = "once",
        };

        var issued = await node.CreateKey(door, request);
        var again = await node.CreateKey(door, request);

        Assert.Equal(issued.Reveal(), again.Reveal());
        Assert.Equal(3, emulator.Requests.Count);
        Assert.Single(await node.ListKeys(door), key => key.Name == "found again");
        using var fresh = emulator.Client(issued.Secret);
        await fresh.GetMe(door);

        var error = await Assert.ThrowsAsync<NodeDataConflictException>(() =>
            node.CreateKey(door, new CreateApiKeyOptions("another") { IdempotencyKey = "once" })
        );
        Assert.Equal("idempotency_conflict", error.Code);
        Assert.Contains("ExpiresAt", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_revocation_whose_answer_was_lost_is_repeated_without_harm(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client(configure: options => options.Jitter = () => 0);
        var issued = await node.CreateKey(door, new CreateApiKeyOptions("old"));
        emulator.Faults.Enqueue($"/keys/{issued.Id}", EmulatorFault.DropResponse());

        var revoked = await node.RevokeKey(door, issued.Id);

        Assert.Equal(ApiKeyStatus.Revoked, revoked.Status);
        Assert.Equal(2, emulator.Requests.Count(request => request.Method == "DELETE"));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_post_that_failed_is_not_repeated_and_one_that_was_never_begun_is(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client(configure: options => options.Jitter = () => 0);

        emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(503));
        await Assert.ThrowsAsync<NodeDataServerException>(() => node.CreateKey(door, new CreateApiKeyOptions("failed")));
        Assert.Single(emulator.Requests);

        emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(429));
        await node.CreateKey(door, new CreateApiKeyOptions("limited"));
        Assert.Equal(3, emulator.Requests.Count);
        Assert.DoesNotContain(await node.ListKeys(door), key => key.Name == "failed");
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_service_closed_on_purpose_is_asked_once_and_says_for_how_long(Door door)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = emulator.Client();
        emulator.Faults.Enqueue("*", EmulatorFault.RespondWithMaintenance(TimeSpan.FromHours(1)), 5);

        var error = await Assert.ThrowsAsync<NodeDataMaintenanceException>(() => node.GetMe(door));

        Assert.Equal(TimeSpan.FromHours(1), error.RetryAfter);
        Assert.Single(emulator.Requests);
    }
}
