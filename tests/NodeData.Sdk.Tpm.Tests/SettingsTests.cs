using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NodeData.Emulator;
using NodeData.Sdk.Tpm.Connecting;
using NodeData.Sdk.Tpm.Tests.Doubles;

namespace NodeData.Sdk.Tpm.Tests;

/// <summary>Tests for options, environment and registration. Not run in parallel, because they change the environment of the process.</summary>
[Collection(nameof(SettingsTests))]
[CollectionDefinition(nameof(SettingsTests), DisableParallelization = true)]
public sealed class SettingsTests : IDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("NODE_DATA_TPM", null);
        Environment.SetEnvironmentVariable("NODE_DATA_TPM_AUTHORIZATION", null);
    }

    [Theory]
    [InlineData("device:/dev/tpmrm0", "/dev/tpmrm0")]
    [InlineData(" /dev/tpm0 ", "/dev/tpm0")]
    [InlineData("swtpm:", "the TPM simulator at 127.0.0.1:2321")]
    [InlineData("swtpm:port=99", "the TPM simulator at 127.0.0.1:99")]
    [InlineData("swtpm:host=localhost, port=99", "the TPM simulator at 127.0.0.1:99")]
    [InlineData("swtpm:host=::1,port=99", "the TPM simulator at [::1]:99")]
    public void An_address_has_the_format_of_tpm2_tools(string text, string expected) =>
        Assert.Equal(expected, TpmAddress.Parse(text, "NODE_DATA_TPM").ToString());

    [Theory]
    [InlineData("")]
    [InlineData("device:")]
    [InlineData("tpmrm0")]
    [InlineData("mssim:host=127.0.0.1,port=2321")]
    [InlineData("swtpm:host=192.0.2.1,port=2321")]
    [InlineData("swtpm:host=tpm.example,port=2321")]
    [InlineData("swtpm:port=0")]
    [InlineData("swtpm:port=65536")]
    [InlineData("swtpm:path=/x")]
    public void An_invalid_address_is_rejected_with_its_setting(string text)
    {
        var error = Assert.Throws<NodeDataConfigurationException>(() => TpmAddress.Parse(text, "NODE_DATA_TPM"));

        Assert.StartsWith("NODE_DATA_TPM is not the address of a TPM", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("01500016")]
    [InlineData("0x015000160")]
    [InlineData("0x00000001")]
    [InlineData("0x80000000")]
    [InlineData("0x-1500016")]
    [InlineData(Swtpm.Key)]
    public async Task An_invalid_handle_is_rejected_without_its_text(string target)
    {
        using var resolver = new TpmSecretResolver(new TpmSecretOptions { Address = "device:/not/there" });

        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            Assert.StartsWith(
                "the text after tpm: is not a supported handle",
                await resolver.GetErrorAsync(target, callStyle),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void Invalid_options_are_named()
    {
        Assert.Contains("TpmSecretOptions.Timeout is 00:00:00", GetError(new() { Timeout = TimeSpan.Zero }), StringComparison.Ordinal);
        Assert.Contains("at most one hour", GetError(new() { Timeout = Timeout.InfiniteTimeSpan }), StringComparison.Ordinal);
        Assert.Contains("TpmSecretOptions.TimeProvider is null", GetError(new() { TimeProvider = null! }), StringComparison.Ordinal);
        Assert.Contains("TpmSecretOptions.Address is not the address", GetError(new() { Address = "tpm" }), StringComparison.Ordinal);
        Environment.SetEnvironmentVariable("NODE_DATA_TPM", "tpm");
        Assert.Contains("NODE_DATA_TPM is not the address", GetError(new()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("env:NODE_DATA_NOT_THERE", "NODE_DATA_TPM_AUTHORIZATION: the environment variable 'NODE_DATA_NOT_THERE' is not set")]
    [InlineData("file:/not/there", "NODE_DATA_TPM_AUTHORIZATION: the file '/not/there' does not exist")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", "NODE_DATA_TPM_AUTHORIZATION has 65 bytes")]
    public async Task An_authorization_value_that_cannot_be_read_is_reported_before_the_TPM_is_accessed(string reference, string expected)
    {
        Environment.SetEnvironmentVariable("NODE_DATA_TPM_AUTHORIZATION", reference);
        using var resolver = new TpmSecretResolver(new TpmSecretOptions { Address = "device:/not/there" });

        Assert.StartsWith(expected, await resolver.GetErrorAsync("0x01500016"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_reads_its_key_and_its_webhook_secret_from_the_TPM_in_the_environment()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await tpm.DefineIndexAsync("0x01500016", "ownerwrite|authread|writedefine", emulator.TestKey.Reveal(), true, Swtpm.Password);
        await tpm.DefineIndexAsync(
            "0x01500018",
            "ownerwrite|authread|writedefine",
            "whsec_test_abcdefghijklmnopqrst",
            true,
            Swtpm.Password
        );
        Environment.SetEnvironmentVariable("NODE_DATA_TPM", tpm.Address);
        Environment.SetEnvironmentVariable("NODE_DATA_TPM_AUTHORIZATION", $"file:{tpm.CreateFile(Swtpm.Password + "\n")}");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([
            new("NodeData:BaseAddress", emulator.BaseAddress.AbsoluteUri),
            new("NodeData:ApiKey", "tpm:0x01500016"),
            new("NodeData:WebhookSecrets", "tpm:0x01500018"),
        ]);
        builder.Services.AddNodeData();
        builder.Services.AddNodeDataTpm(options => options.KeepLockedIndexes = true);
        builder.Services.AddNodeDataTpm(options => options.Timeout = Swtpm.MaxWait);
        using var host = builder.Build();
        await host.StartAsync(Token);

        var node = host.Services.GetRequiredService<NodeClient>();

        Assert.StartsWith("usr_", (await node.Me.GetAsync(Token)).Id, StringComparison.Ordinal);
        Assert.False(node.Webhooks.Verify("{}", "t=1,v1=00").IsValid);
        Assert.Single(host.Services.GetServices<ISecretResolver>());
    }

    [Fact]
    public async Task A_host_whose_TPM_has_no_key_does_not_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("NodeData:ApiKey", "tpm:0x01500016")]);
        builder.Services.AddNodeData();
        builder.Services.AddNodeDataTpm(options => options.Address = "device:/not/there");
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.StartsWith(
            "NodeData:ApiKey (tpm:0x01500016): the device /not/there does not exist",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Code_comment_and_page_agree_on_the_defaults()
    {
        var options = new TpmSecretOptions();
        var page = File.ReadAllText(Path.Combine(Command.RepositoryRoot, "docs", "edge.md"));

        Assert.Equal(TimeSpan.FromSeconds(10), options.Timeout);
        Assert.Contains("| `Timeout` | 10 s |", page, StringComparison.Ordinal);
        Assert.False(options.AllowUnlockedIndexes || options.KeepLockedIndexes);
        Assert.Contains($"| `Address` | `NODE_DATA_TPM`, else `{TpmSecretOptions.DefaultAddress}` |", page, StringComparison.Ordinal);
        Assert.All(
            typeof(TpmSecretOptions).GetProperties(),
            option => Assert.Contains($"| `{option.Name}` |", page, StringComparison.Ordinal)
        );
    }

    private static string GetError(TpmSecretOptions options) =>
        Assert.Throws<NodeDataConfigurationException>(() => new TpmSecretResolver(options)).Message;
}
