<?xml version="1.0" encoding="windows-1252"?>
<!DOCTYPE Channel SYSTEM "http://www.w3c.org/Channel.dtd">
<Channel HREF="http://tugs.example/index.htm" BASE="http://tugs.example/news/" LASTMOD="2026-11-20T22:12">
  <TITLE>Tugs of the week</TITLE>
  <ABSTRACT>What pulled what.</ABSTRACT>
  <Item HREF="kolvik.htm" LASTMOD="2026-11-21T10:30">
    <TITLE>Tug &quot;Kolvik&quot; pulls a ferry</TITLE>
    <ABSTRACT>It took the tug two hours.</ABSTRACT>
  </Item>
</Channel>
