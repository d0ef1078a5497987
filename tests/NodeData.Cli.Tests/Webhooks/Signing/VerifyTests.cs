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
    public async Task The_command_gives_the_answer_of_the_contract_as_json_and_exit_code(string name)
    {
        var row = SignatureVector.Named(name);
        _tool.Variables["NODE_DATA_WEBHOOK_SECRET"] = string.Join(',', row.Secrets);
        await File.WriteAllBytesAsync(_tool.PathOf("body"), row.Body, Token);

        var result = await _tool.RunAsync(
            "webhooks",
            "verify",
            "--signature",
            row.Header,
            "--payload",
            "body",
            "--at",
            row.Now.ToString(CultureInfo.InvariantCulture),
            "--tolerance",
            row.Tolerance.ToString(CultureInfo.InvariantCulture),
            "--json"
        );

        var answer = result.Requires(row.Expect == "valid" ? 0 : 1).Json;
        Assert.Equal(row.Expect == "valid", answer.GetProperty("valid").GetBoolean());
        Assert.Equal(row.Expect == "valid" ? null : row.Expect, answer.GetProperty("code").GetString());
        Assert.Equal(row.Tolerance, answer.GetProperty("tolerance_seconds").GetInt32());
        Assert.DoesNotContain(row.Secrets[^1], result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_which_secret_matched_and_how_far_the_clocks_are_apart()
    {
        _tool.Variables["NODE_DATA_WEBHOOK_SECRET"] = Old;
        var header = (await SignAsync("{}", "1765372000")).Lines[0];
        _tool.Variables["NODE_DATA_WEBHOOK_SECRET"] = $"{New},{Old}";

        var result = await _tool.RunAsync(["webhooks", "verify", "--signature", header, "--at", "1765372007"], "{}");

        Assert.Equal(
            ["result\tvalid", "secret\twhsec_test_…cdef", "signed at\t2025-12-10T13:06:40Z", "skew\t7 s"],
            result.Requires(0).Lines
        );
    }

    [Fact]
    public async Task A_secret_comes_from_a_file_that_was_named_then_the_environment_then_the_file_of_the_project()
    {
        await File.WriteAllTextAsync(_tool.PathOf("secret"), $"{New}\n", Token);
        await File.WriteAllTextAsync(_tool.PathOf(".env.local"), $"NODE_DATA_WEBHOOK_SECRET={Old}\n", Token);
        var signedByProject = (await SignAsync("{}", "1765372000")).Lines[0];
        var signedByFile = (await SignAsync("{}", "1765372000", "--secret-file", "secret")).Lines[0];
        _tool.Variables["NODE_DATA_WEBHOOK_SECRET"] = "file:secret";
        var signedByReference = (await SignAsync("{}", "1765372000")).Lines[0];

        Assert.NotEqual(signedByProject, signedByFile);
        Assert.Equal(signedByFile, signedByReference);
    }

    [Fact]
    public async Task Two_secrets_sign_twice_as_the_service_does_while_one_is_replaced()
    {
        _tool.Variables["NODE_DATA_WEBHOOK_SECRET"] = $"{New},{Old}";

        var signed = (await _tool.RunAsync(["webhooks", "sign", "--at", "1765372000", "--json"], "{}")).Requires(0).Json;

        Assert.Equal("nd-signature", signed.GetProperty("header").GetString());
        Assert.Matches("^t=1765372000,v1=[0-9a-f]{64},v1=[0-9a-f]{64}$", signed.GetProperty("value").GetString());
    }

    [Theory]
    [InlineData("no webhook secret", "--signature", "t=1,v1=2")]
    [InlineData("--tolerance", "--signature", "t=1,v1=2", "--tolerance", "86401")]
    [InlineData("--at", "--signature", "t=1,v1=2", "--at", "1765372000000", "--secret-file", "secret")]
    [InlineData("'missing' cannot be read", "--signature", "t=1,v1=2", "--payload", "missing", "--secret-file", "secret")]
    [InlineData("--secret-file", "--signature", "t=1,v1=2", "--secret-file", "key")]
    [InlineData("--signature", "--payload", "-")]
    public async Task What_is_wrong_with_the_command_line_is_said(string says, params string[] arguments)
    {
        await File.WriteAllTextAsync(_tool.PathOf("secret"), New, Token);
        await File.WriteAllTextAsync(_tool.PathOf("key"), MadeUp.TestKey(), Token);

        (await _tool.RunAsync(["webhooks", "verify", .. arguments])).Requires(2).Says(says);
    }

    [Fact]
    public async Task A_secret_among_the_arguments_is_refused() =>
        (await _tool.RunAsync("webhooks", "verify", "--signature", "t=1,v1=2", "--secret-file", New))
            .Requires(2)
            .Says("among the arguments");

    private async Task<ToolResult> SignAsync(string body, string at, params string[] more) =>
        (await _tool.RunAsync(["webhooks", "sign", "--at", at, .. more], body)).Requires(0);
}
