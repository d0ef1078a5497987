using System.Reflection;
using System.Runtime.InteropServices;
using NodeData.Sdk;

namespace NodeData.Cli.Doctor;

/// <summary>Reports the versions of the tool, the client and the runtime.</summary>
internal static class VersionCheck
{
    public static IEnumerable<Finding> Run()
    {
        yield return Finding.Ok("node-data", GetVersion(typeof(VersionCheck).Assembly));
        yield return Finding.Ok("NodeData.Sdk", GetVersion(typeof(NodeClient).Assembly));
        yield return Finding.Ok(
            "runtime",
            $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} ({RuntimeInformation.RuntimeIdentifier})"
        );
    }

    private static string GetVersion(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
