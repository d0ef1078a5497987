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
    public async Task The_scope_is_needed_and_suffices(string method, string path, string? body = null)
    {
        await using var wire = await Wire.OpenAsync();
        var without = await wire.CreateRestricted();
        var with = (await wire.Create(more: ""","scopes":["models:read","webhooks:write"]""")).Member("secret");
        var id = (await wire.CreateEndpoint()).Member("id")!;
        path = Path + path.Replace("{id}", id, StringComparison.Ordinal);

        (await wire.Send(method, path, body, without)).IsRefusal(403, "scope_required");
        var untouched = await wire.Send("GET", Path);
        var reply = await wire.Send(method, path, body, with);

        Assert.True(Assert.Single(untouched.Items).GetProperty("enabled").GetBoolean());
        Assert.InRange(reply.Status, 200, 201);
    }

    [Fact]
    public async Task The_known_event_types_can_be_asked_for()
    {
        await using var wire = await Wire.OpenAsync();

        var reply = await wire.Send("OPTIONS", Path);

        Assert.Equal("""{"event_types":["listing.purchased","listing.published","asset.downloaded","payout.paid"]}""", reply.Text);
    }

    [Fact]
    public async Task Endpoints_are_listed_newest_first()
    {
        await using var wire = await Wire.OpenAsync();
        var first = (await wire.CreateEndpoint()).Member("id");
        var second = (await wire.CreateEndpoint()).Member("id");

        var listed = (await wire.Send("GET", Path)).Items.Select(item => item.GetProperty("id").GetString());

        Assert.Equal([second, first], listed);
    }

    [Fact]
    public async Task Endpoints_of_the_other_mode_do_not_exist()
    {
        await using var wire = await Wire.OpenAsync();
        var path = $"{Path}/{(await wire.CreateEndpoint(key: wire.LiveKey)).Member("id")}";

        (await wire.Send("GET", path)).IsRefusal(404, "not_found");
        (await wire.Send("PATCH", path, """{"enabled":false}""")).IsRefusal(404, "not_found");
        (await wire.Send("GET", $"{path}/events")).IsRefusal(404, "not_found");
        (await wire.Send("DELETE", path)).IsRefusal(404, "not_found");

        Assert.Empty((await wire.Send("GET", Path)).Items);
        Assert.True((await wire.Send("GET", path, key: wire.LiveKey)).Json.GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task A_change_changes_what_it_mentions_and_nothing_else()
    {
        await using var wire = await Wire.OpenAsync();
        var created = await wire.CreateEndpoint("https://example.com/hook", null, "payout.paid");
        var path = $"{Path}/{created.Member("id")}";

        Assert.Equal("Books", (await wire.Send("PATCH", path, """{"description":"Books"}""")).Member("description"));
        Assert.Equal("http://localhost:1/", (await wire.Send("PATCH", path, """{"url":"http://localhost:1/"}""")).Member("url"));
        Assert.Equal(200, (await wire.Send("PATCH", path, """{"enabled":false,"events":["asset.downloaded","robot.moved"]}""")).Status);
        Assert.Equal(200, (await wire.Send("PATCH", path, "{}")).Status);
        var changed = await wire.Send("GET", path);
        var without = await wire.Send("PATCH", path, """{"description":null,"url":null,"events":null,"enabled":null}""");

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
    public async Task A_wrong_change_is_refused_naming_the_field_and_changes_nothing(string body, string? field)
    {
        await using var wire = await Wire.OpenAsync();
        var path = $"{Path}/{(await wire.CreateEndpoint()).Member("id")}";
        var before = await wire.Send("GET", path);

        (await wire.Send("PATCH", path, body)).IsRefusal(400, "validation_failed", field);

        Assert.Equal(before.Text, (await wire.Send("GET", path)).Text);
    }

    [Fact]
    public async Task A_deleted_endpoint_is_gone()
    {
        await using var wire = await Wire.OpenAsync();
        var path = $"{Path}/{(await wire.CreateEndpoint()).Member("id")}";

        Assert.Equal("""{"deleted":true}""", (await wire.Send("DELETE", path)).Text);

        (await wire.Send("GET", path)).IsRefusal(404, "not_found");
        (await wire.Send("DELETE", path)).IsRefusal(404, "not_found");
        (await wire.Send("GET", $"{path}/events")).IsRefusal(404, "not_found");
        Assert.Empty((await wire.Send("GET", Path)).Items);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("some")]
    public async Task The_limit_of_the_deliveries_is_1_to_100(string limit)
    {
        await using var wire = await Wire.OpenAsync();
        var path = $"{Path}/{(await wire.CreateEndpoint()).Member("id")}/events";

        Assert.Equal("""{"items":[]}""", (await wire.Send("GET", $"{path}?limit=100")).Text);
        (await wire.Send("GET", $"{path}?limit={limit}")).IsRefusal(400, "validation_failed", "limit");
    }

    [Fact]
    public async Task Endpoints_are_there_after_a_restart_and_gone_after_a_reset()
    {
        using var directory = new TemporaryDirectory();
        var options = new EmulatorOptions { DataPath = directory.File("data.db"), Keys = [ApiKey.Parse("nd_test_restarted00000001")] };
        Reply created;
        await using (var wire = await Wire.OpenAsync(options))
        {
            created = await wire.CreateEndpoint("https://example.com/hook", null, "payout.paid");
        }

        await using var restarted = await Wire.OpenAsync(options);
        var found = await restarted.Send("GET", $"{Path}/{created.Member("id")}");
        await restarted.Emulator.ResetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(created.Text.Replace($",\"secret\":\"{created.Member("secret")}\"", "", StringComparison.Ordinal), found.Text);
        Assert.Empty((await restarted.Send("GET", Path)).Items);
    }
}
