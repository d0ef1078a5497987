using System.Reflection;
using System.Runtime.InteropServices;
using NodeData.Sdk;

namespace NodeData.Cli.Doctor;

/// <summary>What runs here.</summary>
internal static class VersionCheck
{
    public static IEnumerable<Finding> Look()
    {
        yield return Finding.Good("node-data", VersionOf(typeof(VersionCheck).Assembly));
        yield return Finding.Good("NodeData.Sdk", VersionOf(typeof(NodeClient).Assembly));
        yield return Finding.Good(
            "runtime",
            $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} ({RuntimeInformation.RuntimeIdentifier})"
        );
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
