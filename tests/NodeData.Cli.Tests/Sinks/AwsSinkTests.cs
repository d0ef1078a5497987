using System.Runtime.Versioning;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk.Tests.SecretManagers;

namespace NodeData.Cli.Tests.Sinks;

/// <summary>Runs the real aws; the fake service verifies its signature.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AwsSinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_missing_secret_is_created_and_an_existing_one_gets_a_new_value()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var aws = new FakeSecretsManager();
        using var tool = SinkTool.For(emulator, aws);
        string[] create = ["keys", "create", "--name", "ci", "--to", $"aws:{FakeSecretsManager.Name}", "--json"];

        var first = (await tool.RunAsync(create)).RequireExitCode(0);
        Assert.Equal(first.Json.GetProperty("id").GetString(), await Doubles.Keys.GetIdAsync(emulator, aws.Current!));
        var second = (await tool.RunAsync(create)).RequireExitCode(0);

        Assert.Equal(second.Json.GetProperty("id").GetString(), await Doubles.Keys.GetIdAsync(emulator, aws.Current!));
        Assert.Equal(first.Json.GetProperty("id").GetString(), await Doubles.Keys.GetIdAsync(emulator, aws.Previous!));
        Assert.DoesNotContain(aws.Current!, second.Output + second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_check_of_aws_prevents_creating_a_key()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var aws = new FakeSecretsManager();
        using var tool = SinkTool.For(emulator, aws);

        (await tool.RunAsync("keys", "create", "--name", "ci", "--to", "aws:arn:aws:secretsmanager:eu-west-1:1:secret:x-1"))
            .RequireExitCode(2)
            .RequireError("there is no such secret", "aws:NAME");
        (await tool.RunAsync("keys", "create", "--name", "ci", "--to", "aws:--profile"))
            .RequireExitCode(2)
            .RequireError("is not a valid secret of AWS Secrets Manager");
        tool.Variables["AWS_SECRET_ACCESS_KEY"] = "another";
        (await tool.RunAsync("keys", "create", "--name", "ci", "--to", "aws:x"))
            .RequireExitCode(2)
            .RequireError("InvalidSignature", "aws sts");

        Assert.Empty(emulator.Requests);
        Assert.Null(aws.Current);
    }
}
