using NodeData.Sdk.Tpm.Tests.Doubles;

namespace NodeData.Sdk.Tpm.Tests;

/// <summary>Tests for successful reads from swtpm.</summary>
public sealed class SectionReaderTests
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
    [InlineData(2048)] // the maximum of swtpm; it reads 1024 at once
    public async Task An_index_of_any_size_is_read_completely(int size)
    {
        await using var tpm = await Swtpm.StartAsync();
        var text = string.Concat(Enumerable.Range(0, size).Select(position => (char)('a' + (position % 26))));
        await tpm.DefineIndexAsync(Index, Attributes, text, @lock: true);
        using var resolver = tpm.CreateResolver();

        Assert.Equal(text, resolver.Resolve(Index, Token));
        Assert.Equal(text, await resolver.ResolveAsync(Index, Token));
    }

    [Fact]
    public async Task Padding_and_white_space_are_trimmed()
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.RunToolAsync($"tpm2_nvdefine -Q {Index} -C o -s 64 -a {Attributes}");
        await tpm.RunToolAsync($"tpm2_nvwrite -Q {Index} -C o -i -", $" {Swtpm.Key}\r\n");
        await tpm.RunToolAsync($"tpm2_nvwritelock -Q {Index} -C o");
        using var resolver = tpm.CreateResolver();

        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));
    }

    [Fact]
    public async Task An_index_with_lockout_protection_is_read_at_the_first_attempt_after_a_start()
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.DefineIndexAsync(Index, "ownerwrite|authread|writedefine", @lock: true, password: Swtpm.Password);
        await tpm.RestartAsync();
        using var resolver = tpm.CreateResolver(options => options.Authorization = Swtpm.Password);

        // The TPM first returns 0x922: it records that the index is in use.
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));
    }

    [Fact]
    public async Task Power_failures_lock_out_an_index_with_lockout_protection_but_not_one_provisioned_as_documented()
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.DefineIndexAsync("0x01500015", "ownerwrite|authread|writedefine", @lock: true, password: Swtpm.Password);
        await tpm.DefineIndexAsync(Index, Attributes, @lock: true, password: Swtpm.Password);

        // swtpm enters lockout at the third one.
        for (var powerFailure = 0; powerFailure < 3; powerFailure++)
        {
            using var reading = tpm.CreateResolver(options => options.Authorization = Swtpm.Password);
            Assert.Equal(Swtpm.Key, await reading.ResolveAsync("0x01500015", Token));
            Assert.Equal(Swtpm.Key, await reading.ResolveAsync(Index, Token));
            await tpm.RestartAsync();
        }

        using var resolver = tpm.CreateResolver(options => options.Authorization = Swtpm.Password);
        var error = await resolver.GetErrorAsync("0x01500015");
        Assert.Contains("in lockout after wrong authorization values or power failures", error, StringComparison.Ordinal);
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));
    }

    [Fact]
    public async Task A_locked_index_is_cached_only_if_the_option_is_set()
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.DefineIndexAsync(Index, Attributes, @lock: true);
        using var resolver = tpm.CreateResolver();
        using var caching = tpm.CreateResolver(options => options.KeepLockedIndexes = true);
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));
        Assert.Equal(Swtpm.Key, await caching.ResolveAsync(Index, Token));
        await tpm.RunToolAsync($"tpm2_nvundefine {Index} -C o");

        Assert.Contains("the TPM contains nothing at", await resolver.GetErrorAsync(Index), StringComparison.Ordinal);
        Assert.Equal(Swtpm.Key, await caching.ResolveAsync(Index, Token));

        caching.Dispose();
        Assert.Contains("the TPM contains nothing at", await caching.GetErrorAsync(Index), StringComparison.Ordinal);
    }

    [Fact]
    public void A_buffer_is_zeroed_on_disposal()
    {
        var buffer = new SecretBytes(64);
        buffer.Span.Fill(0xA5);

        buffer.Dispose();

        Assert.True(buffer.Span.IndexOfAnyExcept((byte)0) < 0);
    }
}
