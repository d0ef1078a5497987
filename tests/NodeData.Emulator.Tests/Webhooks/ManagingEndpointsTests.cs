using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk;

namespace NodeData.Emulator.Tests.Webhooks;

public sealed class ManagingEndpointsTests
{
    private const string Path = "/v1/webhook_endpoints";

    [Theory]
    [InlineData("OPTIONS", "")]
    [InlineData("GET", "")]
    [InlineData("POST", "", """{"url":"https://example.com","events":[]}""")]
    [InlineData("GET", "/{id}")]
    [InlineData("PATCH", "/{id}", """{"enabled":false}""")]
    [InlineData("DELETE", "/{id}")]
    [InlineData("GET", "/{id}/events")]
    public async Task The_scope_is_required_and_sufficient(string method, string path, string? body = null)
    {
        await using var client = await EmulatorClient.StartAsync();
        var without = await client.CreateRestricted();
        var with = (await client.Create(more: ""","scopes":["models:read","webhooks:write"]""")).Member("secret");
        var id = (await client.CreateEndpoint()).Member("id")!;
        path = Path + path.Replace("{id}", id, StringComparison.Ordinal);

        (await client.Send(method, path, body, without)).AssertError(403, "scope_required");
        var untouched = await client.Send("GET", Path);
        var response = await client.Send(method, path, body, with);

        Assert.True(Assert.Single(untouched.Items).GetProperty("enabled").GetBoolean());
        Assert.InRange(response.Status, 200, 201);
    }

    [Fact]
    public async Task The_known_event_types_can_be_listed()
    {
        await using var client = await EmulatorClient.StartAsync();

        var response = await client.Send("OPTIONS", Path);

        Assert.Equal("""{"event_types":["listing.purchased","listing.published","asset.downloaded","payout.paid"]}""", response.Text);
    }

    [Fact]
    public async Task Endpoints_are_listed_newest_first()
    {
        await using var client = await EmulatorClient.StartAsync();
        var first = (await client.CreateEndpoint()).Member("id");
        var second = (await client.CreateEndpoint()).Member("id");

        var listed = (await client.Send("GET", Path)).Items.Select(item => item.GetProperty("id").GetString());

        Assert.Equal([second, first], listed);
    }

    [Fact]
    public async Task Endpoints_of_the_other_mode_do_not_exist()
    {
        await using var client = await EmulatorClient.StartAsync();
        var path = $"{Path}/{(await client.CreateEndpoint(key: client.LiveKey)).Member("id")}";

        (await client.Send("GET", path)).AssertError(404, "not_found");
        (await client.Send("PATCH", path, """{"enabled":false}""")).AssertError(404, "not_found");
        (await client.Send("GET", $"{path}/events")).AssertError(404, "not_found");
        (await client.Send("DELETE", path)).AssertError(404, "not_found");

        Assert.Empty((await client.Send("GET", Path)).Items);
        Assert.True((await client.Send("GET", path, key: client.LiveKey)).Json.GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task An_update_changes_only_the_members_that_are_present()
    {
        await using var client = await EmulatorClient.StartAsync();
        var created = await client.CreateEndpoint("https://example.com/hook", null, "payout.paid");
        var path = $"{Path}/{created.Member("id")}";

        Assert.Equal("Books", (await client.Send("PATCH", path, """{"description":"Books"}""")).Member("description"));
        Assert.Equal("http://localhost:1/", (await client.Send("PATCH", path, """{"url":"http://localhost:1/"}""")).Member("url"));
        Assert.Equal(200, (await client.Send("PATCH", path, """{"enabled":false,"events":["asset.downloaded","robot.moved"]}""")).Status);
        Assert.Equal(200, (await client.Send("PATCH", path, "{}")).Status);
        var changed = await client.Send("GET", path);
        var without = await client.Send("PATCH", path, """{"description":null,"url":null,"events":null,"enabled":null}""");

        var expected =
            $$"""{"id":"{{created.Member("id")}}","url":"http://localhost:1/","events":["asset.downloaded"],"description":"Books","enabled":false,"created_at":"{{created.Member("created_at")}}"}""";
        Assert.Equal(expected, changed.Text);
        Assert.Equal(expected.Replace(""","description":"Books",""", ",", StringComparison.Ordinal), without.Text);
    }

    [Theory]
    [InlineData("""{"url":"http://example.com/hook"}""", "url")]
    [InlineData("""{"events":{}}""", "events")]
    [InlineData("""{"description":["a"]}""", "description")]
    [InlineData("""{"enabled":"false"}""", "enabled")]
    [InlineData("""{"enabled":0}""", "enabled")]
    [InlineData("[]", null)]
    public async Task An_invalid_update_is_rejected_naming_the_field_and_changes_nothing(string body, string? field)
    {
        await using var client = await EmulatorClient.StartAsync();
        var path = $"{Path}/{(await client.CreateEndpoint()).Member("id")}";
        var before = await client.Send("GET", path);

        (await client.Send("PATCH", path, body)).AssertError(400, "validation_failed", field);

        Assert.Equal(before.Text, (await client.Send("GET", path)).Text);
    }

    [Fact]
    public async Task A_deleted_endpoint_is_not_found()
    {
        await using var client = await EmulatorClient.StartAsync();
        var path = $"{Path}/{(await client.CreateEndpoint()).Member("id")}";

        Assert.Equal("""{"deleted":true}""", (await client.Send("DELETE", path)).Text);

        (await client.Send("GET", path)).AssertError(404, "not_found");
        (await client.Send("DELETE", path)).AssertError(404, "not_found");
        (await client.Send("GET", $"{path}/events")).AssertError(404, "not_found");
        Assert.Empty((await client.Send("GET", Path)).Items);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("some")]
    public async Task The_limit_of_the_deliveries_is_1_to_100(string limit)
    {
        await using var client = await EmulatorClient.StartAsync();
        var path = $"{Path}/{(await client.CreateEndpoint()).Member("id")}/events";

        Assert.Equal("""{"items":[]}""", (await client.Send("GET", $"{path}?limit=100")).Text);
        (await client.Send("GET", $"{path}?limit={limit}")).AssertError(400, "validation_failed", "limit");
    }

    [Fact]
    public async Task Endpoints_survive_a_restart_and_are_removed_by_a_reset()
    {
        using var directory = new TemporaryDirectory();
        var options = new EmulatorOptions { DataPath = directory.File("data.db"), Keys = [ApiKey.Parse("nd_test_restarted00000001")] };
        ApiResponse created;
        await using (var client = await EmulatorClient.StartAsync(options))
        {
            created = await client.CreateEndpoint("https://example.com/hook", null, "payout.paid");
        }

        await using var restarted = await EmulatorClient.StartAsync(options);
        var found = await restarted.Send("GET", $"{Path}/{created.Member("id")}");
        await restarted.Emulator.ResetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(created.Text.Replace($",\"secret\":\"{created.Member("secret")}\"", "", StringComparison.Ordinal), found.Text);
        Assert.Empty((await restarted.Send("GET", Path)).Items);
    }
}
