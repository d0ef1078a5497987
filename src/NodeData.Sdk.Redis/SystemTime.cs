using System.Diagnostics.CodeAnalysis;

namespace NodeData.Sdk.Redis;

/// <summary>Provides the system clock: the default of every option of type TimeProvider, and its only use.</summary>
internal static class SystemTime
{
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The only use of the system clock.")]
    public static TimeProvider Provider => TimeProvider.System;
}
