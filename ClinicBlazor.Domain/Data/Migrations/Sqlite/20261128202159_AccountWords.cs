using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AccountWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_MedicalRecords_PatientId_CreatedAt",
                table: "MedicalRecords");

            migrationBuilder.DropIndex(
                name: "IX_MedicalRecords_Status_CreatedAt",
                table: "MedicalRecords");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_AccountId_At",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_At",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_PatientId_At",
                table: "AuditEntries");

            // In place: the scaffolded operation would build the table anew.
            migrationBuilder.Sql("ALTER TABLE \"Accounts\" DROP COLUMN \"NameKey\";");

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "Accounts",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "Staff");

            migrationBuilder.Sql("UPDATE \"Accounts\" SET \"Kind\" = 'Patient' WHERE \"Roles\" = 1;");

            migrationBuilder.CreateTable(
                name: "AccountWords",
                columns: table => new
                {
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Word = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SortKey = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountWords", x => new { x.AccountId, x.Word });
                    table.ForeignKey(
                        name: "FK_AccountWords_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_MedicalRecords_PatientId_Id",
                table: "MedicalRecords",
                columns: new[] { "PatientId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_AccountId_Id",
                table: "AuditEntries",
                columns: new[] { "AccountId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Act_Id",
                table: "AuditEntries",
                columns: new[] { "Act", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Outcome_Id",
                table: "AuditEntries",
                columns: new[] { "Outcome", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_PatientId_Id",
                table: "AuditEntries",
                columns: new[] { "PatientId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_Kind_NormalizedEmail",
                table: "Accounts",
                columns: new[] { "Kind", "NormalizedEmail" });

            migrationBuilder.CreateIndex(
                name: "IX_AccountWords_Kind_Word_SortKey_AccountId",
                table: "AccountWords",
                columns: new[] { "Kind", "Word", "SortKey", "AccountId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccountWords");

            migrationBuilder.DropIndex(
                name: "IX_MedicalRecords_PatientId_Id",
                table: "MedicalRecords");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_AccountId_Id",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Act_Id",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Outcome_Id",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_PatientId_Id",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_Accounts_Kind_NormalizedEmail",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "Accounts");

            migrationBuilder.AddColumn<string>(
                name: "NameKey",
                table: "Accounts",
                type: "TEXT",
                maxLength: 240,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_MedicalRecords_PatientId_CreatedAt",
                table: "MedicalRecords",
                columns: new[] { "PatientId", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_MedicalRecords_Status_CreatedAt",
                table: "MedicalRecords",
                columns: new[] { "Status", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_AccountId_At",
                table: "AuditEntries",
                columns: new[] { "AccountId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_At",
                table: "AuditEntries",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_PatientId_At",
                table: "AuditEntries",
                columns: new[] { "PatientId", "At" });
        }
    }
}
