using System.Runtime.Versioning;
using NodeData.Emulator;
using NodeData.Sdk.Tests.SecretManagers;
using NodeData.TestKit;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>The tool with the real gh and aws, configured for fakes of GitHub and AWS.</summary>
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
        // This version of aws accepts another address only as an option.
        AddProgram(tool, "aws", GetCommand(aws));
        return tool;
    }

    /// <summary>Configures gh for the fake of GitHub.</summary>
    public static void Configure(Tool tool, FakeGitHub gitHub)
    {
        RequiredProgram.Require("gh");
        tool.Variables["GH_HOST"] = "github.localhost";
        tool.Variables["GH_TOKEN"] = FakeGitHub.Token;
        // The tool bypasses the proxy; only gh, which connects to api.github.localhost, uses it.
        tool.Variables["HTTP_PROXY"] = gitHub.Address;
        tool.Variables["NO_PROXY"] = "127.0.0.1";
    }

    /// <summary>Configures the credentials of aws. It must also be run with <see cref="GetCommand"/>.</summary>
    public static void Configure(Tool tool, FakeSecretsManager _)
    {
        RequiredProgram.Require("aws");
        tool.Variables["AWS_ACCESS_KEY_ID"] = FakeSecretsManager.AccessKeyId;
        tool.Variables["AWS_SECRET_ACCESS_KEY"] = FakeSecretsManager.SecretAccessKey;
        tool.Variables["AWS_DEFAULT_REGION"] = "eu-west-1";
        tool.Variables["AWS_MAX_ATTEMPTS"] = "1";
        tool.Variables["NO_PROXY"] = "127.0.0.1";
    }

    /// <summary>Returns the shell command that runs aws against the fake of AWS.</summary>
    public static string GetCommand(FakeSecretsManager aws) => $"exec {RequiredProgram.GetPath("aws")} --endpoint-url {aws.Address} \"$@\"";

    /// <summary>Adds a shell script to the front of the PATH.</summary>
    public static void AddProgram(Tool tool, string name, string script)
    {
        var folder = Directory.CreateDirectory(Path.Combine(tool.Home, "bin")).FullName;
        Script.Write(Path.Combine(folder, name), $"#!/bin/bash\n{script}\n");
        tool.Variables["PATH"] = $"{folder}:{AppContext.BaseDirectory}:/usr/bin:/bin";
    }
}
