using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Ledger;

public sealed class LedgerTests
{
    [Fact]
    public async Task Every_request_is_there_once_and_shows_no_secret()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var caller = new Caller(emulator);
        using var nobody = caller.With((string?)null);

        await caller.PostAsync("/keys", """{"name":"x","mode":"test"}""", "once");
        await nobody.GetAsync("/me");
        await caller.GetAsync("/keys/nd_live_abcdefgh?q=ND_TEST_ijklmnop");
        await caller.GetAsync("/keys/nd%5Flive%5Fabcdefgh");

        var requests = emulator.Requests;
        Assert.Equal(["POST", "GET", "GET", "GET"], requests.Select(request => request.Method));
        Assert.Equal([201, 401, 404, 404], requests.Select(request => request.Status));
        Assert.Equal("/v1/keys", requests[0].Path);
        Assert.Equal("once", requests[0].IdempotencyKey);
        Assert.Equal(emulator.TestKey.Hint, requests[0].KeyHint);
        Assert.Null(requests[1].KeyHint);
        Assert.All(requests, request => Assert.DoesNotContain("abcdefgh", request.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain("ijklmnop", requests[2].Path, StringComparison.Ordinal);
        Assert.All(requests, request => Assert.StartsWith("req_", request.RequestId, StringComparison.Ordinal));
    }
}
