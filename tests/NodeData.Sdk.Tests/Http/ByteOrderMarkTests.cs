using System.Text;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http;

/// <summary>A body that starts with a byte order mark is read like any other: successes, errors and raw responses.</summary>
public sealed class ByteOrderMarkTests
{
    private const string ByteOrderMark = "\uFEFF";

    [Theory]
    [SyncAndAsync]
    public async Task A_maintenance_response_fails_at_once(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
            request.RespondAsync(503, ByteOrderMark + """{"error":"maintenance","message":"Closed.","retry_after_seconds":3600}""")
        );
        using var node = TestClients.Create(server.BaseAddress);

        var error = await Assert.ThrowsAsync<NodeDataMaintenanceException>(() => node.GetMe(callStyle));

        Assert.Equal(TimeSpan.FromHours(1), error.RetryAfter);
        Assert.Single(server.Requests);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_raw_response_can_be_read_and_keeps_its_bytes(CallStyle callStyle)
    {
        const string Body = ByteOrderMark + "{\"id\":\"usr_1\",\"name\":\"\\ud83e\"}";
        await using var server = new ScriptedServer(request => request.RespondAsync(200, Body));
        using var node = TestClients.Create(server.BaseAddress);

        var response = await node.Send(callStyle, HttpMethod.Get, "me");

        Assert.Equal("usr_1", (string?)response.ReadJsonNode()!["id"]);
        Assert.Equal("\uFFFD", (string?)response.ReadJsonNode()!["name"]);
        Assert.Equal(Encoding.UTF8.GetBytes(Body), response.Body.ToArray());
    }
}
