using System.Globalization;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Webhooks.Signing;

public sealed class VerifyTests : IDisposable
{
    private const string Old = "whsec_test_0123456789abcdef0123456789abcdef";
    private const string New = "whsec_test_fedcba9876543210fedcba9876543210";

    private readonly Tool _tool = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("valid, test secret")]
    [InlineData("valid, spaces and a tab around the parts")]
    [InlineData("valid, body: invalid UTF-8")]
    [InlineData("valid, body: NUL bytes")]
    [InlineData("valid, body: CRLF")]
    [InlineData("valid, body: empty")]
    [InlineData("valid, wider tolerance")]
    [InlineData("three secrets, the last one matches")]
    [InlineData("stale: tolerance 0, one second")]
    [InlineData("invalid: trailing newline added")]
    [InlineData("malformed: empty")]
    [InlineData("malformed: t in Arabic digits")]
    [InlineData("malformed: over 4096 characters")]
    public async Task The_command_returns_the_expected_result_of_the_contract_as_json_and_exit_code(string name)
    {
        var vector = SignatureVector.GetByName(name);
        _tool.Variables["NODE_DATA_WEBHOOK_SECRET"] = string.Join(',', vector.Secrets);
        await File.WriteAllBytesAsync(_tool.GetPath("body"), vector.Body, Token);

        var result = await _tool.RunAsync(
            "webhooks",
            "verify",
            "--signature",
            vector.Header,
            "--payload",
            "body",
            "--at",
            vector.Now.ToString(CultureInfo.InvariantCulture),
            "--tolerance",
            vector.Tolerance.ToString(CultureInfo.InvariantCulture),
            "--json"
        );

        var json = result.RequireExitCode(vector.Expect == "valid" ? 0 : 1).Json;
        Assert.Equal(vector.Expect == "valid", json.GetProperty("valid").GetBoolean());
        Assert.Equal(vector.Expect == "valid" ? null : vector.Expect, json.GetProperty("code").GetString());
        Assert.Equal(vector.Tolerance, json.GetProperty("tolerance_seconds").GetInt32());
        Assert.DoesNotContain(vector.Secrets[^1], result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_which_secret_matched_and_the_clock_skew()
    {
        _tool.Variables["NODE_DATA_WEBHOOK_SECRET"] = Old;
        var header = (await SignAsync("{}", "1765372000")).Lines[0];
        _tool.Variables["NODE_DATA_WEBHOOK_SECRET"] = $"{New},{Old}";

        var result = await _tool.RunAsync(["webhooks", "verify", "--signature", header, "--at", "1765372007"], "{}");

        Assert.Equal(
            ["result\tvalid", "secret\twhsec_test_…cdef", "signed at\t2025-12-10T13:06:40Z", "skew\t7 s"],
            result.RequireExitCode(0).Lines
        );
    }

    [Fact]
    public async Task The_secret_comes_from_the_named_file_then_the_environment_then_env_local()
    {
        await File.WriteAllTextAsync(_tool.GetPath("secret"), $"{New}\n", Token);
        await File.WriteAllTextAsync(_tool.GetPath(".env.local"), $"NODE_DATA_WEBHOOK_SECRET={Old}\n", Token);
        var signedByProject = (await SignAsync("{}", "1765372000")).Lines[0];
        var signedByFile = (await SignAsync("{}", "1765372000", "--secret-file", "secret")).Lines[0];
        _tool.Variables["NODE_DATA_WEBHOOK_SECRET"] = "file:secret";
        var signedByReference = (await SignAsync("{}", "1765372000")).Lines[0];

        Assert.NotEqual(signedByProject, signedByFile);
        Assert.Equal(signedByFile, signedByReference);
    }

    [Fact]
    public async Task Two_secrets_produce_two_signatures_as_during_a_rotation()
    {
        _tool.Variables["NODE_DATA_WEBHOOK_SECRET"] = $"{New},{Old}";

        var signed = (await _tool.RunAsync(["webhooks", "sign", "--at", "1765372000", "--json"], "{}")).RequireExitCode(0).Json;

        Assert.Equal("nd-signature", signed.GetProperty("header").GetString());
        Assert.Matches("^t=1765372000,v1=[0-9a-f]{64},v1=[0-9a-f]{64}$", signed.GetProperty("value").GetString());
    }

    [Theory]
    [InlineData("No webhook secret is configured", "--signature", "t=1,v1=2")]
    [InlineData("--tolerance", "--signature", "t=1,v1=2", "--tolerance", "86401")]
    [InlineData("--at", "--signature", "t=1,v1=2", "--at", "1765372000000", "--secret-file", "secret")]
    [InlineData("'missing' cannot be read", "--signature", "t=1,v1=2", "--payload", "missing", "--secret-file", "secret")]
    [InlineData("--secret-file", "--signature", "t=1,v1=2", "--secret-file", "key")]
    [InlineData("--signature", "--payload", "-")]
    public async Task An_invalid_command_line_is_reported(string expected, params string[] arguments)
    {
        await File.WriteAllTextAsync(_tool.GetPath("secret"), New, Token);
        await File.WriteAllTextAsync(_tool.GetPath("key"), TestSecrets.CreateTestKey(), Token);

        (await _tool.RunAsync(["webhooks", "verify", .. arguments])).RequireExitCode(2).RequireError(expected);
    }

    [Fact]
    public async Task A_secret_among_the_arguments_is_rejected() =>
        (await _tool.RunAsync("webhooks", "verify", "--signature", "t=1,v1=2", "--secret-file", New))
            .RequireExitCode(2)
            .RequireError("among the arguments");

    private async Task<ToolResult> SignAsync(string body, string at, params string[] more) =>
        (await _tool.RunAsync(["webhooks", "sign", "--at", at, .. more], body)).RequireExitCode(0);
}
