namespace ClinicBlazor.App.Security;

/// <summary>Names the resource files with the words of the security page and of what tells of alerts; English is the key.</summary>
public sealed class SecurityText
{
}
