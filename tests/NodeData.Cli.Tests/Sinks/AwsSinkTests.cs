using System.Runtime.Versioning;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk.Tests.SecretManagers;

namespace NodeData.Cli.Tests.Sinks;

/// <summary>With the real aws; the stand-in checks its signature.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AwsSinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_secret_is_made_where_it_is_absent_and_given_a_new_value_where_it_is_not()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var aws = new SecretsManagerStandIn();
        using var tool = SinkTool.For(emulator, aws);
        string[] create = ["keys", "create", "--name", "ci", "--to", $"aws:{SecretsManagerStandIn.Name}", "--json"];

        var first = (await tool.RunAsync(create)).Requires(0);
        Assert.Equal(first.Json.GetProperty("id").GetString(), await Doubles.Keys.IdOfAsync(emulator, aws.Current!));
        var second = (await tool.RunAsync(create)).Requires(0);

        Assert.Equal(second.Json.GetProperty("id").GetString(), await Doubles.Keys.IdOfAsync(emulator, aws.Current!));
        Assert.Equal(first.Json.GetProperty("id").GetString(), await Doubles.Keys.IdOfAsync(emulator, aws.Previous!));
        Assert.DoesNotContain(aws.Current!, second.Output + second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_aws_may_not_do_is_found_before_there_is_a_key()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var aws = new SecretsManagerStandIn();
        using var tool = SinkTool.For(emulator, aws);

        (await tool.RunAsync("keys", "create", "--name", "ci", "--to", "aws:arn:aws:secretsmanager:eu-west-1:1:secret:x-1"))
            .Requires(2)
            .Says("there is no such secret", "aws:NAME");
        (await tool.RunAsync("keys", "create", "--name", "ci", "--to", "aws:--profile")).Requires(2).Says("names no secret");
        tool.Variables["AWS_SECRET_ACCESS_KEY"] = "another";
        (await tool.RunAsync("keys", "create", "--name", "ci", "--to", "aws:x")).Requires(2).Says("InvalidSignature", "aws sts");

        Assert.Empty(emulator.Requests);
        Assert.Null(aws.Current);
    }
}
