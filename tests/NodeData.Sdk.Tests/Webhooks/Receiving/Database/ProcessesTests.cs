#if NET10_0_OR_GREATER
using System.Globalization;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.Database;

/// <summary>Tests of concurrent and killed processes that share a database.</summary>
public sealed class ProcessesTests : IDisposable
{
    private readonly DatabaseFile _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Each_event_is_granted_to_one_of_two_processes()
    {
        const int Count = 150;
        await new DbWebhookClaimStore(_database.Source).EnsureCreatedAsync(Token);
        await using var first = DeliveryProcess.Start("race", _database.Path, "first", $"{Count}");
        await using var second = DeliveryProcess.Start("race", _database.Path, "second", $"{Count}");
        Assert.Equal("ready", await first.ReadAsync());
        Assert.Equal("ready", await second.ReadAsync());
        await first.ContinueAsync();
        await second.ContinueAsync();

        var granted = await Task.WhenAll(first.ReadToEndAsync(), second.ReadToEndAsync());

        var numbers = granted.SelectMany(lines => lines).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).Order();
        Assert.Equal(Enumerable.Range(1, Count), numbers);
        Assert.Equal(Count, _database.QueryNumber("SELECT COUNT(*) FROM webhook_claims WHERE completed = 1 AND attempts = 1"));
    }

    [Fact]
    public async Task A_process_killed_between_effect_and_commit_leaves_neither()
    {
        _database.Execute("CREATE TABLE effects (owner TEXT NOT NULL)");
        await new DbWebhookClaimStore(_database.Source).EnsureCreatedAsync(Token);
        await using (var killed = DeliveryProcess.Start("effect", _database.Path, "killed"))
        {
            Assert.Equal("claimed, attempt 1, completed True, not committed", await killed.ReadAsync());
            await killed.KillAsync();
        }

        Assert.Equal(0, _database.QueryNumber("SELECT COUNT(*) FROM effects"));
        Assert.Equal(0, _database.QueryNumber("SELECT COUNT(*) FROM webhook_claims WHERE completed = 1"));
        // Expires the lease.
        _database.Execute("UPDATE webhook_claims SET lease_until = 0");

        await using var next = DeliveryProcess.Start("effect", _database.Path, "next");
        Assert.Equal("claimed, attempt 2, completed True, not committed", await next.ReadAsync());
        await next.ContinueAsync();
        Assert.Equal(["committed"], await next.ReadToEndAsync());

        Assert.Equal(1, _database.QueryNumber("SELECT COUNT(*) FROM effects WHERE owner = 'next'"));
        Assert.Equal(1, _database.QueryNumber("SELECT COUNT(*) FROM effects"));
        Assert.Equal(1, _database.QueryNumber("SELECT COUNT(*) FROM webhook_claims WHERE completed = 1"));
    }
}
#endif
