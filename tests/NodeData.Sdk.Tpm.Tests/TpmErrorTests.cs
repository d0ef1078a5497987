using NodeData.Sdk.Tpm.Tests.Doubles;

namespace NodeData.Sdk.Tpm.Tests;

/// <summary>Tests for the errors of swtpm and their messages.</summary>
public sealed class TpmErrorTests
{
    private const string Index = "0x01500016";
    private const string Sealed = "0x81010001";
    private const string RecommendedAttributes = "ownerwrite|authread|writedefine|no_da";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Index, "tpm2_getcap handles-nv-index")]
    [InlineData(Sealed, "tpm2_getcap handles-persistent")]
    public async Task A_handle_without_content_is_reported_with_the_command_that_lists_handles(string handle, string remedy)
    {
        await using var tpm = await Swtpm.StartAsync();
        using var resolver = tpm.CreateResolver();

        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            var error = await resolver.GetErrorAsync(handle, callStyle);
            Assert.StartsWith($"the TPM contains nothing at {handle}", error, StringComparison.Ordinal);
            Assert.Contains(remedy, error, StringComparison.Ordinal);
            Assert.EndsWith("Response code: 0x18B.", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ownerwrite|authread|no_da|write_stclear", true, "is locked only until the TPM restarts")]
    [InlineData("ownerwrite|authread|writedefine|no_da", false, "is not write-locked, so the key could be replaced. Lock it permanently")]
    [InlineData("ownerwrite|authread|no_da", false, "is not write-locked, so the key could be replaced. Define it with writedefine")]
    public async Task An_index_that_is_not_permanently_locked_is_rejected_unless_an_option_allows_it(
        string attributes,
        bool locked,
        string expected
    )
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.DefineIndexAsync(Index, attributes, @lock: locked);
        using var resolver = tpm.CreateResolver(options => options.KeepLockedIndexes = true);
        using var lenient = tpm.CreateResolver(options => (options.AllowUnlockedIndexes, options.KeepLockedIndexes) = (true, true));

        var error = await resolver.GetErrorAsync(Index);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains("TpmSecretOptions.AllowUnlockedIndexes", error, StringComparison.Ordinal);
        Assert.Equal(Swtpm.Key, await lenient.ResolveAsync(Index, Token));

        if (!locked)
        {
            // Not cached: it may change.
            var other = Swtpm.Key.Replace('a', 'z');
            await tpm.RunToolAsync($"tpm2_nvwrite -Q {Index} -C o -i -", other);
            Assert.Equal(other, await lenient.ResolveAsync(Index, Token));
        }
    }

    [Fact]
    public async Task An_index_without_a_key_is_reported_with_the_reason()
    {
        await using var tpm = await Swtpm.StartAsync();
        using var resolver = tpm.CreateResolver();

        await tpm.DefineIndexAsync("0x01500020", RecommendedAttributes, text: null);
        Assert.Contains("was defined but never written", await resolver.GetErrorAsync("0x01500020"), StringComparison.Ordinal);

        await tpm.RunToolAsync("tpm2_nvdefine -Q 0x01500021 -C o -s 8 -a nt=counter|ownerwrite|authread");
        Assert.Contains("is a counter or another special type", await resolver.GetErrorAsync("0x01500021"), StringComparison.Ordinal);

        await tpm.DefineIndexAsync("0x01500022", $"{RecommendedAttributes}|read_stclear", @lock: true);
        await tpm.RunToolAsync("tpm2_nvreadlock -Q 0x01500022");
        Assert.Contains("read-locked until the TPM restarts", await resolver.GetErrorAsync("0x01500022"), StringComparison.Ordinal);

        await tpm.DefineIndexAsync("0x01500023", "ownerwrite|policyread|writedefine|no_da", @lock: true);
        Assert.Contains("can only be read with a policy", await resolver.GetErrorAsync("0x01500023"), StringComparison.Ordinal);

        await tpm.DefineIndexAsync("0x01500024", RecommendedAttributes, "no\u0001text", @lock: true);
        Assert.Contains("contains 7 bytes that are not text", await resolver.GetErrorAsync("0x01500024"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_with_owner_read_is_read_with_the_owner_password()
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.DefineIndexAsync(Index, "ownerwrite|ownerread|writedefine|no_da", @lock: true);
        await tpm.RunToolAsync($"tpm2_changeauth -c owner {Swtpm.Password}");

        using var resolver = tpm.CreateResolver(options => options.Authorization = Swtpm.Password);

        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));
    }

    [Theory]
    [InlineData("fixedtpm|fixedparent|userwithauth|noda", "0x9A2", "does not count towards a lockout")]
    [InlineData("fixedtpm|fixedparent|userwithauth", "0x98E", "counts towards the lockout of the TPM")]
    public async Task A_wrong_password_is_reported_and_the_correct_one_works_afterwards(string attributes, string code, string expected)
    {
        await using var tpm = await Swtpm.StartAsync();
        await SealAsync(tpm, attributes);
        var password = tpm.CreateFile("wrong-of-the-robot");
        using var resolver = tpm.CreateResolver(options => options.Authorization = $"file:{password}");

        var error = await resolver.GetErrorAsync(Sealed);
        Assert.Contains("the TPM rejected the authorization value", error, StringComparison.Ordinal);
        Assert.Contains("Correct TpmSecretOptions.Authorization", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.EndsWith($"Response code: {code}.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-of", error, StringComparison.Ordinal);

        // A client reads for each attempt, which is more often than the TPM allows wrong values.
        for (var attempt = 0; attempt < 40; attempt++)
        {
            await resolver.GetErrorAsync(Sealed, attempt % 2 == 0 ? CallStyle.Sync : CallStyle.Async);
        }

        await File.WriteAllTextAsync(password, Swtpm.Password, Token);
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Sealed, Token));
    }

    [Fact]
    public async Task A_lockout_is_reported_with_the_remedy()
    {
        await using var tpm = await Swtpm.StartAsync();
        await SealAsync(tpm, "fixedtpm|fixedparent|userwithauth");
        await tpm.RunToolAsync("tpm2_dictionarylockout --setup-parameters --max-tries=1 --recovery-time=100 --lockout-recovery-time=100");
        using var wrong = tpm.CreateResolver(options => options.Authorization = "wrong");
        using var right = tpm.CreateResolver(options => options.Authorization = Swtpm.Password);
        await wrong.GetErrorAsync(Sealed);

        var error = await right.GetErrorAsync(Sealed);

        Assert.Contains("the TPM is in lockout after wrong", error, StringComparison.Ordinal);
        Assert.Contains("tpm2_dictionarylockout --clear-lockout", error, StringComparison.Ordinal);
        Assert.EndsWith("Response code: 0x921.", error, StringComparison.Ordinal);
        await tpm.RunToolAsync("tpm2_dictionarylockout --clear-lockout");
        Assert.Equal(Swtpm.Key, await right.ResolveAsync(Sealed, Token));
    }

    [Fact]
    public async Task An_object_that_is_not_sealed_and_one_with_a_policy_have_different_messages()
    {
        await using var tpm = await Swtpm.StartAsync();
        var work = Directory.CreateTempSubdirectory("nodedata-tpm-").FullName;
        try
        {
            await tpm.RunToolAsync($"tpm2_createprimary -Q -C o -G ecc -c {work}/primary");
            await tpm.RunToolAsync($"tpm2_evictcontrol -Q -C o -c {work}/primary 0x81010002");
            await tpm.RunToolAsync("tpm2_flushcontext -t");
            await SealAsync(tpm, "fixedtpm|fixedparent|noda", policy: true);
            using var resolver = tpm.CreateResolver();

            Assert.Contains("0x81010002 is not a sealed object", await resolver.GetErrorAsync("0x81010002"), StringComparison.Ordinal);
            Assert.Contains("only with a policy", await resolver.GetErrorAsync(Sealed), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    [Fact]
    public async Task A_TPM_that_was_not_started_is_reported()
    {
        await using var tpm = await Swtpm.StartAsync(flags: "not-need-init");
        using var resolver = tpm.CreateResolver();

        Assert.Contains("the TPM was not started", await resolver.GetErrorAsync(Index), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_TPM_that_stopped_is_reported_and_a_cached_key_stays_available()
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.DefineIndexAsync(Index, RecommendedAttributes, @lock: true);
        using var caching = tpm.CreateResolver(options => options.KeepLockedIndexes = true);
        using var resolver = tpm.CreateResolver();
        Assert.Equal(Swtpm.Key, await caching.ResolveAsync(Index, Token));
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));

        await tpm.StopAsync();

        Assert.Contains("cannot be reached (ConnectionRefused)", await resolver.GetErrorAsync(Index), StringComparison.Ordinal);
        Assert.Equal(Swtpm.Key, await caching.ResolveAsync(Index, Token));
    }

    private static async Task SealAsync(Swtpm tpm, string attributes, bool policy = false)
    {
        var work = Directory.CreateTempSubdirectory("nodedata-tpm-").FullName;
        try
        {
            var authorization = $"-p {Swtpm.Password}";
            if (policy)
            {
                await tpm.RunToolAsync($"tpm2_startauthsession -S {work}/session");
                await tpm.RunToolAsync($"tpm2_policypcr -Q -S {work}/session -l sha256:0 -L {work}/policy");
                await tpm.RunToolAsync($"tpm2_flushcontext {work}/session");
                authorization = $"-L {work}/policy";
            }

            await tpm.RunToolAsync($"tpm2_createprimary -Q -C o -G ecc -c {work}/primary");
            await tpm.RunToolAsync("tpm2_flushcontext -t");
            await tpm.RunToolAsync(
                $"tpm2_create -Q -C {work}/primary -i - {authorization} -a {attributes} -u {work}/public -r {work}/private",
                Swtpm.Key
            );
            await tpm.RunToolAsync("tpm2_flushcontext -t");
            await tpm.RunToolAsync($"tpm2_load -Q -C {work}/primary -u {work}/public -r {work}/private -c {work}/sealed");
            await tpm.RunToolAsync($"tpm2_evictcontrol -Q -C o -c {work}/sealed {Sealed}");
            await tpm.RunToolAsync("tpm2_flushcontext -t");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
