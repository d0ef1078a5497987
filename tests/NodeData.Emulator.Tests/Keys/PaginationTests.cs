using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Keys;

public sealed class PaginationTests
{
    private static readonly EmulatorOptions Unlimited = new() { EnforceRateLimits = false };

    [Fact]
    public async Task The_newest_key_comes_first()
    {
        await using var client = await EmulatorClient.StartAsync();
        await client.Create("first");
        await client.Create("second");
        client.Emulator.Clock.Advance(TimeSpan.FromSeconds(1));
        await client.Create("third");

        Assert.Equal(["third", "second", "first"], (await client.ListKeyNames())[..3]);
    }

    [Fact]
    public async Task Every_key_is_listed_exactly_once_while_keys_are_created()
    {
        await using var client = await EmulatorClient.StartAsync(Unlimited);
        for (var i = 0; i < 12; i++)
        {
            await client.Create($"old {i}");
        }

        var before = await client.ListKeyNames();
        var seen = new List<string>();
        var cursors = new List<string>();
        string? cursor = "";
        while (cursor is not null)
        {
            var page = await client.Send("GET", $"/v1/keys?limit=5{(cursor.Length == 0 ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");
            Assert.InRange(page.Items.Length, 1, 5);
            seen.AddRange(page.Items.Select(item => item.GetProperty("name").GetString()!));
            cursor = page.Member("next_cursor");
            Assert.Equal(cursor is not null, page.Json.GetProperty("has_more").GetBoolean());
            cursors.Add(cursor ?? "");
            await client.Create($"new {cursors.Count}");
        }

        Assert.Equal(before, seen);
        Assert.Equal(cursors.Count, cursors.Distinct().Count());
        Assert.Equal(3, cursors.Count);
    }

    [Fact]
    public async Task A_page_with_all_remaining_keys_is_the_last()
    {
        await using var client = await EmulatorClient.StartAsync();
        await client.Create();

        var page = await client.Send("GET", "/v1/keys?limit=2");

        Assert.Equal(2, page.Items.Length);
        Assert.False(page.Json.GetProperty("has_more").GetBoolean());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, page.Json.GetProperty("next_cursor").ValueKind);
    }

    [Fact]
    public async Task Without_a_limit_a_page_has_twenty_five_keys()
    {
        await using var client = await EmulatorClient.StartAsync();
        for (var i = 0; i < 26; i++)
        {
            await client.Create();
        }

        Assert.Equal(25, (await client.Send("GET", "/v1/keys")).Items.Length);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("101")]
    [InlineData("1.5")]
    [InlineData("ten")]
    [InlineData("")]
    [InlineData("%2B5")]
    [InlineData("99999999999999999999")]
    [InlineData("5&limit=6")]
    public async Task An_invalid_limit_is_rejected_naming_the_field(string limit)
    {
        await using var client = await EmulatorClient.StartAsync();

        (await client.Send("GET", $"/v1/keys?limit={limit}")).AssertError(400, "validation_failed", "limit");
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%00%ff")]
    public async Task An_unknown_cursor_is_rejected_naming_the_field(string cursor)
    {
        await using var client = await EmulatorClient.StartAsync();

        (await client.Send("GET", $"/v1/keys?cursor={cursor}")).AssertError(400, "validation_failed", "cursor");
    }
}
