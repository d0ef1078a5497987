using NodeData.Sdk.Tpm.Tests.Doubles;

namespace NodeData.Sdk.Tpm.Tests;

/// <summary>What is read from the real TPM where everything is in order.</summary>
public sealed class ReadingTests
{
    private const string Index = "0x01500016";
    private const string Attributes = "ownerwrite|authread|writedefine|no_da";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(2048)] // the largest that swtpm has; it gives 1024 at once
    public async Task An_index_of_any_size_is_read_whole(int size)
    {
        await using var tpm = await Swtpm.StartAsync();
        var text = string.Concat(Enumerable.Range(0, size).Select(position => (char)('a' + (position % 26))));
        await tpm.DefineAsync(Index, Attributes, text, @lock: true);
        using var resolver = tpm.Resolver();

        Assert.Equal(text, resolver.Resolve(Index, Token));
        Assert.Equal(text, await resolver.ResolveAsync(Index, Token));
    }

    [Fact]
    public async Task What_an_index_has_beyond_the_text_and_white_space_are_dropped()
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.ToolAsync($"tpm2_nvdefine -Q {Index} -C o -s 64 -a {Attributes}");
        await tpm.ToolAsync($"tpm2_nvwrite -Q {Index} -C o -i -", $" {Swtpm.Key}\r\n");
        await tpm.ToolAsync($"tpm2_nvwritelock -Q {Index} -C o");
        using var resolver = tpm.Resolver();

        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));
    }

    [Fact]
    public async Task An_index_that_counts_wrong_tries_is_read_at_the_first_try_after_a_start()
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.DefineAsync(Index, "ownerwrite|authread|writedefine", @lock: true, password: Swtpm.Password);
        await tpm.RestartAsync();
        using var resolver = tpm.Resolver(options => options.Authorization = Swtpm.Password);

        // The TPM first answers 0x922: it stores that the index is in use.
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));
    }

    [Fact]
    public async Task Power_cuts_lock_out_what_counts_wrong_tries_and_nothing_that_is_provisioned_as_documented()
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.DefineAsync("0x01500015", "ownerwrite|authread|writedefine", @lock: true, password: Swtpm.Password);
        await tpm.DefineAsync(Index, Attributes, @lock: true, password: Swtpm.Password);

        // swtpm locks at the third.
        for (var powerCut = 0; powerCut < 3; powerCut++)
        {
            using var reading = tpm.Resolver(options => options.Authorization = Swtpm.Password);
            Assert.Equal(Swtpm.Key, await reading.ResolveAsync("0x01500015", Token));
            Assert.Equal(Swtpm.Key, await reading.ResolveAsync(Index, Token));
            await tpm.RestartAsync();
        }

        using var resolver = tpm.Resolver(options => options.Authorization = Swtpm.Password);
        var refusal = await resolver.Refusal("0x01500015");
        Assert.Contains("in lock-out, after wrong authorisation values or power cuts", refusal, StringComparison.Ordinal);
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));
    }

    [Fact]
    public async Task A_locked_index_is_kept_only_where_an_option_says_so()
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.DefineAsync(Index, Attributes, @lock: true);
        using var resolver = tpm.Resolver();
        using var keeping = tpm.Resolver(options => options.KeepLockedIndexes = true);
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));
        Assert.Equal(Swtpm.Key, await keeping.ResolveAsync(Index, Token));
        await tpm.ToolAsync($"tpm2_nvundefine {Index} -C o");

        Assert.Contains("the TPM has nothing at", await resolver.Refusal(Index), StringComparison.Ordinal);
        Assert.Equal(Swtpm.Key, await keeping.ResolveAsync(Index, Token));

        keeping.Dispose();
        Assert.Contains("the TPM has nothing at", await keeping.Refusal(Index), StringComparison.Ordinal);
    }

    [Fact]
    public void A_buffer_is_zeroed_when_it_is_done_with()
    {
        var buffer = new SecretBytes(64);
        buffer.Span.Fill(0xA5);

        buffer.Dispose();

        Assert.True(buffer.Span.IndexOfAnyExcept((byte)0) < 0);
    }
}
