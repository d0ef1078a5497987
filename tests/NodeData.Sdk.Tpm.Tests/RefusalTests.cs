using NodeData.Sdk.Tpm.Tests.Doubles;

namespace NodeData.Sdk.Tpm.Tests;

/// <summary>What the real TPM refuses, and what is told of it.</summary>
public sealed class RefusalTests
{
    private const string Index = "0x01500016";
    private const string Sealed = "0x81010001";
    private const string GoodAttributes = "ownerwrite|authread|writedefine|no_da";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Index, "tpm2_getcap handles-nv-index")]
    [InlineData(Sealed, "tpm2_getcap handles-persistent")]
    public async Task Nothing_at_the_handle(string handle, string cure)
    {
        await using var tpm = await Swtpm.StartAsync();
        using var resolver = tpm.Resolver();

        foreach (var door in Enum.GetValues<Door>())
        {
            var refusal = await resolver.Refusal(handle, door);
            Assert.StartsWith($"the TPM has nothing at {handle}", refusal, StringComparison.Ordinal);
            Assert.Contains(cure, refusal, StringComparison.Ordinal);
            Assert.EndsWith("The TPM said 0x18B.", refusal, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ownerwrite|authread|no_da|write_stclear", true, "is locked only until the TPM restarts")]
    [InlineData(
        "ownerwrite|authread|writedefine|no_da",
        false,
        "is not write-locked: somebody could put another key there. Lock it for good"
    )]
    [InlineData(
        "ownerwrite|authread|no_da",
        false,
        "is not write-locked: somebody could put another key there. Define it with writedefine"
    )]
    public async Task An_index_that_is_not_locked_for_good_is_refused_unless_an_option_says_otherwise(
        string attributes,
        bool locked,
        string said
    )
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.DefineAsync(Index, attributes, @lock: locked);
        using var resolver = tpm.Resolver(options => options.KeepLockedIndexes = true);
        using var lenient = tpm.Resolver(options => (options.AllowUnlockedIndexes, options.KeepLockedIndexes) = (true, true));

        var refusal = await resolver.Refusal(Index);
        Assert.Contains(said, refusal, StringComparison.Ordinal);
        Assert.Contains("TpmSecretOptions.AllowUnlockedIndexes", refusal, StringComparison.Ordinal);
        Assert.Equal(Swtpm.Key, await lenient.ResolveAsync(Index, Token));

        if (!locked)
        {
            // Not kept: it may change.
            var other = Swtpm.Key.Replace('a', 'z');
            await tpm.ToolAsync($"tpm2_nvwrite -Q {Index} -C o -i -", other);
            Assert.Equal(other, await lenient.ResolveAsync(Index, Token));
        }
    }

    [Fact]
    public async Task An_index_that_holds_no_key_says_why()
    {
        await using var tpm = await Swtpm.StartAsync();
        using var resolver = tpm.Resolver();

        await tpm.DefineAsync("0x01500020", GoodAttributes, text: null);
        Assert.Contains("was defined and never written", await resolver.Refusal("0x01500020"), StringComparison.Ordinal);

        await tpm.ToolAsync("tpm2_nvdefine -Q 0x01500021 -C o -s 8 -a nt=counter|ownerwrite|authread");
        Assert.Contains("is a counter or the like", await resolver.Refusal("0x01500021"), StringComparison.Ordinal);

        await tpm.DefineAsync("0x01500022", $"{GoodAttributes}|read_stclear", @lock: true);
        await tpm.ToolAsync("tpm2_nvreadlock -Q 0x01500022");
        Assert.Contains("locked against reading until the TPM restarts", await resolver.Refusal("0x01500022"), StringComparison.Ordinal);

        await tpm.DefineAsync("0x01500023", "ownerwrite|policyread|writedefine|no_da", @lock: true);
        Assert.Contains("can only be read under a policy", await resolver.Refusal("0x01500023"), StringComparison.Ordinal);

        await tpm.DefineAsync("0x01500024", GoodAttributes, "no\u0001text", @lock: true);
        Assert.Contains("holds 7 bytes that are no text", await resolver.Refusal("0x01500024"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_of_the_owners_is_read_with_the_owners_password()
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.DefineAsync(Index, "ownerwrite|ownerread|writedefine|no_da", @lock: true);
        await tpm.ToolAsync($"tpm2_changeauth -c owner {Swtpm.Password}");

        using var resolver = tpm.Resolver(options => options.Authorization = Swtpm.Password);

        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));
    }

    [Theory]
    [InlineData("fixedtpm|fixedparent|userwithauth|noda", "0x9A2", "does not count towards a lock-out")]
    [InlineData("fixedtpm|fixedparent|userwithauth", "0x98E", "counts towards the TPM's lock-out")]
    public async Task A_wrong_password_is_told_and_the_right_one_works_after_it(string attributes, string code, string said)
    {
        await using var tpm = await Swtpm.StartAsync();
        await SealAsync(tpm, attributes);
        var password = tpm.FileOf("wrong-of-the-robot");
        using var resolver = tpm.Resolver(options => options.Authorization = $"file:{password}");

        var refusal = await resolver.Refusal(Sealed);
        Assert.Contains("the TPM refused the authorisation value", refusal, StringComparison.Ordinal);
        Assert.Contains("Correct TpmSecretOptions.Authorization", refusal, StringComparison.Ordinal);
        Assert.Contains(said, refusal, StringComparison.Ordinal);
        Assert.EndsWith($"The TPM said {code}.", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-of", refusal, StringComparison.Ordinal);

        // A client asks at each attempt: more often than the TPM would forgive.
        for (var attempt = 0; attempt < 40; attempt++)
        {
            await resolver.Refusal(Sealed, attempt % 2 == 0 ? Door.Sync : Door.Async);
        }

        await File.WriteAllTextAsync(password, Swtpm.Password, Token);
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Sealed, Token));
    }

    [Fact]
    public async Task A_lock_out_is_told_with_its_cure()
    {
        await using var tpm = await Swtpm.StartAsync();
        await SealAsync(tpm, "fixedtpm|fixedparent|userwithauth");
        await tpm.ToolAsync("tpm2_dictionarylockout --setup-parameters --max-tries=1 --recovery-time=100 --lockout-recovery-time=100");
        using var wrong = tpm.Resolver(options => options.Authorization = "wrong");
        using var right = tpm.Resolver(options => options.Authorization = Swtpm.Password);
        await wrong.Refusal(Sealed);

        var refusal = await right.Refusal(Sealed);

        Assert.Contains("the TPM is in lock-out, after wrong", refusal, StringComparison.Ordinal);
        Assert.Contains("tpm2_dictionarylockout --clear-lockout", refusal, StringComparison.Ordinal);
        Assert.EndsWith("The TPM said 0x921.", refusal, StringComparison.Ordinal);
        await tpm.ToolAsync("tpm2_dictionarylockout --clear-lockout");
        Assert.Equal(Swtpm.Key, await right.ResolveAsync(Sealed, Token));
    }

    [Fact]
    public async Task A_key_that_is_no_sealed_object_and_one_under_a_policy_are_told_apart()
    {
        await using var tpm = await Swtpm.StartAsync();
        var work = Directory.CreateTempSubdirectory("nodedata-tpm-").FullName;
        try
        {
            await tpm.ToolAsync($"tpm2_createprimary -Q -C o -G ecc -c {work}/primary");
            await tpm.ToolAsync($"tpm2_evictcontrol -Q -C o -c {work}/primary 0x81010002");
            await tpm.ToolAsync("tpm2_flushcontext -t");
            await SealAsync(tpm, "fixedtpm|fixedparent|noda", policy: true);
            using var resolver = tpm.Resolver();

            Assert.Contains("0x81010002 is no sealed object", await resolver.Refusal("0x81010002"), StringComparison.Ordinal);
            Assert.Contains("only under a policy", await resolver.Refusal(Sealed), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    [Fact]
    public async Task A_TPM_that_nobody_started_says_so()
    {
        await using var tpm = await Swtpm.StartAsync(flags: "not-need-init");
        using var resolver = tpm.Resolver();

        Assert.Contains("the TPM was not started", await resolver.Refusal(Index), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_TPM_that_went_away_says_so_and_is_used_again_when_it_is_back()
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.DefineAsync(Index, GoodAttributes, @lock: true);
        using var keeping = tpm.Resolver(options => options.KeepLockedIndexes = true);
        using var resolver = tpm.Resolver();
        Assert.Equal(Swtpm.Key, await keeping.ResolveAsync(Index, Token));
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));

        await tpm.StopAsync();

        Assert.Contains("cannot be reached (ConnectionRefused)", await resolver.Refusal(Index), StringComparison.Ordinal);
        Assert.Equal(Swtpm.Key, await keeping.ResolveAsync(Index, Token));
    }

    private static async Task SealAsync(Swtpm tpm, string attributes, bool policy = false)
    {
        var work = Directory.CreateTempSubdirectory("nodedata-tpm-").FullName;
        try
        {
            var how = $"-p {Swtpm.Password}";
            if (policy)
            {
                await tpm.ToolAsync($"tpm2_startauthsession -S {work}/session");
                await tpm.ToolAsync($"tpm2_policypcr -Q -S {work}/session -l sha256:0 -L {work}/policy");
                await tpm.ToolAsync($"tpm2_flushcontext {work}/session");
                how = $"-L {work}/policy";
            }

            await tpm.ToolAsync($"tpm2_createprimary -Q -C o -G ecc -c {work}/primary");
            await tpm.ToolAsync("tpm2_flushcontext -t");
            await tpm.ToolAsync(
                $"tpm2_create -Q -C {work}/primary -i - {how} -a {attributes} -u {work}/public -r {work}/private",
                Swtpm.Key
            );
            await tpm.ToolAsync("tpm2_flushcontext -t");
            await tpm.ToolAsync($"tpm2_load -Q -C {work}/primary -u {work}/public -r {work}/private -c {work}/sealed");
            await tpm.ToolAsync($"tpm2_evictcontrol -Q -C o -c {work}/sealed {Sealed}");
            await tpm.ToolAsync("tpm2_flushcontext -t");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
