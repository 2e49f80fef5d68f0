using ClinicBlazor.Bench;

// Measures the limits that docs/limits.md promises, on this machine, against the SDK's empty Blazor template.
// Ratios count; seconds differ from machine to machine.
var root = Published.RepositoryRoot();
using var work = new WorkFolder();
var clinic = Published.Publish(Path.Combine(root, "ClinicBlazor.App"), work.Folder("clinic"), "ClinicBlazor.App");
var template = Published.PublishTemplate(work.Folder("template-source"), work.Folder("template"));

await FirstPage.MeasureAsync(clinic, template, work);
await SignInPage.MeasureAsync(clinic, work);
await IdleCircuits.MeasureAsync(clinic, work);
