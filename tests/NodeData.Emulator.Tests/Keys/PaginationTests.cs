using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Keys;

public sealed class PaginationTests
{
    private static readonly EmulatorOptions Unlimited = new() { EnforceRateLimits = false };

    [Fact]
    public async Task The_newest_key_comes_first()
    {
        await using var wire = await Wire.OpenAsync();
        await wire.Create("first");
        await wire.Create("second");
        wire.Emulator.Clock.Advance(TimeSpan.FromSeconds(1));
        await wire.Create("third");

        Assert.Equal(["third", "second", "first"], (await wire.Names())[..3]);
    }

    [Fact]
    public async Task Every_key_comes_exactly_once_while_keys_are_being_created()
    {
        await using var wire = await Wire.OpenAsync(Unlimited);
        for (var i = 0; i < 12; i++)
        {
            await wire.Create($"old {i}");
        }

        var before = await wire.Names();
        var seen = new List<string>();
        var cursors = new List<string>();
        string? cursor = "";
        while (cursor is not null)
        {
            var page = await wire.Send("GET", $"/v1/keys?limit=5{(cursor.Length == 0 ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");
            Assert.InRange(page.Items.Length, 1, 5);
            seen.AddRange(page.Items.Select(item => item.GetProperty("name").GetString()!));
            cursor = page.Member("next_cursor");
            Assert.Equal(cursor is not null, page.Json.GetProperty("has_more").GetBoolean());
            cursors.Add(cursor ?? "");
            await wire.Create($"new {cursors.Count}");
        }

        Assert.Equal(before, seen);
        Assert.Equal(cursors.Count, cursors.Distinct().Count());
        Assert.Equal(3, cursors.Count);
    }

    [Fact]
    public async Task A_page_that_holds_all_that_is_left_is_the_last()
    {
        await using var wire = await Wire.OpenAsync();
        await wire.Create();

        var page = await wire.Send("GET", "/v1/keys?limit=2");

        Assert.Equal(2, page.Items.Length);
        Assert.False(page.Json.GetProperty("has_more").GetBoolean());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, page.Json.GetProperty("next_cursor").ValueKind);
    }

    [Fact]
    public async Task Without_a_limit_a_page_holds_twenty_five()
    {
        await using var wire = await Wire.OpenAsync();
        for (var i = 0; i < 26; i++)
        {
            await wire.Create();
        }

        Assert.Equal(25, (await wire.Send("GET", "/v1/keys")).Items.Length);
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
    public async Task A_limit_that_is_none_is_named(string limit)
    {
        await using var wire = await Wire.OpenAsync();

        (await wire.Send("GET", $"/v1/keys?limit={limit}")).IsRefusal(400, "validation_failed", "limit");
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%00%ff")]
    public async Task A_cursor_that_was_not_handed_out_is_named(string cursor)
    {
        await using var wire = await Wire.OpenAsync();

        (await wire.Send("GET", $"/v1/keys?cursor={cursor}")).IsRefusal(400, "validation_failed", "cursor");
    }
}
