using System.Diagnostics.CodeAnalysis;

namespace NodeData.Sdk.Tpm;

/// <summary>Provides the system clock, the default of the option <c>TimeProvider</c>.</summary>
internal static class SystemTime
{
    [SuppressMessage(
        "ApiDesign",
        "RS0030:Do not use banned APIs",
        Justification = "The only use of the system clock: the default of the option."
    )]
    public static TimeProvider Provider => TimeProvider.System;
}
