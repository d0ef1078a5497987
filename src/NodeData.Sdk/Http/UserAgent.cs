using System.Reflection;

namespace NodeData.Sdk.Http;

/// <summary>How the client presents itself: its version and that of the runtime.</summary>
internal static class UserAgent
{
    public static string Value { get; } = $"NodeData.Sdk/{PackageVersion} dotnet/{Environment.Version}";

    // What follows a plus is the commit, which is nobody's business on the wire.
    public static string PackageVersion =>
        typeof(UserAgent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
