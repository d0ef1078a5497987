using System.Runtime.Versioning;
using NodeData.Emulator;
using NodeData.Sdk.Tests.SecretManagers;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>The tool beside the real gh and aws, pointed at stand-ins for GitHub and AWS.</summary>
[UnsupportedOSPlatform("windows")]
internal static class SinkTool
{
    public static Tool For(NodeDataEmulator emulator, FakeGitHub gitHub)
    {
        var tool = Tool.For(emulator);
        Configure(tool, gitHub);
        return tool;
    }

    public static Tool For(NodeDataEmulator emulator, FakeSecretsManager aws)
    {
        var tool = Tool.For(emulator);
        Configure(tool, aws);
        // This version of aws takes another address as an option alone.
        AddProgram(tool, "aws", GetCommand(aws));
        return tool;
    }

    /// <summary>Has gh speak to the stand-in.</summary>
    public static void Configure(Tool tool, FakeGitHub gitHub)
    {
        RequireProgram("gh", "gh");
        tool.Variables["GH_HOST"] = "github.localhost";
        tool.Variables["GH_TOKEN"] = FakeGitHub.Token;
        // The tool itself goes past it; only gh, which is told to speak to api.github.localhost, goes through.
        tool.Variables["HTTP_PROXY"] = gitHub.Address;
        tool.Variables["NO_PROXY"] = "127.0.0.1";
    }

    /// <summary>Lets the stand-in know aws; it must also be run by <see cref="GetCommand"/>.</summary>
    public static void Configure(Tool tool, FakeSecretsManager _)
    {
        RequireProgram("aws", "awscli");
        tool.Variables["AWS_ACCESS_KEY_ID"] = FakeSecretsManager.AccessKeyId;
        tool.Variables["AWS_SECRET_ACCESS_KEY"] = FakeSecretsManager.SecretAccessKey;
        tool.Variables["AWS_DEFAULT_REGION"] = "eu-west-1";
        tool.Variables["AWS_MAX_ATTEMPTS"] = "1";
        tool.Variables["NO_PROXY"] = "127.0.0.1";
    }

    /// <summary>How a shell runs aws against the stand-in.</summary>
    public static string GetCommand(FakeSecretsManager aws) => $"exec /usr/bin/aws --endpoint-url {aws.Address} \"$@\"";

    /// <summary>Puts a shell script in front of everything on the path.</summary>
    public static void AddProgram(Tool tool, string name, string script)
    {
        var folder = Directory.CreateDirectory(Path.Combine(tool.Home, "bin")).FullName;
        Script.Write(Path.Combine(folder, name), $"#!/bin/bash\n{script}\n");
        tool.Variables["PATH"] = $"{folder}:{AppContext.BaseDirectory}:/usr/bin:/bin";
    }

    private static void RequireProgram(string name, string package)
    {
        var isInstalled = File.Exists($"/usr/bin/{name}");
        Assert.SkipUnless(
            isInstalled || Environment.GetEnvironmentVariable("CI") == "true",
            $"{name} is not there: apt-get install {package}"
        );
        Assert.True(isInstalled, $"{name} is not there, and in CI nothing is skipped. eng/test.sh installs it.");
    }
}
